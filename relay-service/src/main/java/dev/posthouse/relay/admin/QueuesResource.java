package dev.posthouse.relay.admin;

import dev.posthouse.relay.QueryNumber;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** An operator looks at what waits for private gateways (PoHTTP, section 11.3). */
@Path("/admin/queues")
@Produces("application/json")
@RunOnVirtualThread
@RolesAllowed("operator")
final class QueuesResource {

    private final Queues queues;

    QueuesResource(Queues queues) {
        this.queues = queues;
    }

    /**
     * Queues.
     *
     * @param queues by gateway
     */
    record QueueList(List<Queue> queues) {}

    /**
     * One queue.
     *
     * @param parcels oldest arrival first
     */
    record ParcelList(List<QueuedParcel> parcels) {}

    @GET
    public QueueList list(
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("max") @DefaultValue("100") String max) {
        int most = QueryNumber.max(max);
        return new QueueList(
                QuarkusTransaction.requiringNew().call(() -> queues.list(after, most)));
    }

    @GET
    @Path("/{gateway}")
    public ParcelList parcels(
            @PathParam("gateway") String gateway,
            @QueryParam("after") @DefaultValue("0") String after,
            @QueryParam("max") @DefaultValue("100") String max) {
        int most = QueryNumber.max(max);
        long last = QueryNumber.after(after);
        return new ParcelList(
                QuarkusTransaction.requiringNew().call(() -> queues.parcels(gateway, last, most)));
    }
}
