package dev.posthouse.relay.outbound;

import dev.posthouse.common.door.OctetsInFlight;
import dev.posthouse.common.door.ReadBody;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** An operator hands in a parcel for another Internet node (PoHTTP, section 7). */
@Path("/admin/parcels")
@Produces("application/json")
@RunOnVirtualThread
@RolesAllowed("operator")
final class OperatorParcelResource {

    private final OutboundParcels parcels;
    private final AcceptOutbound acceptOutbound;

    OperatorParcelResource(OutboundParcels parcels, AcceptOutbound acceptOutbound) {
        this.parcels = parcels;
        this.acceptOutbound = acceptOutbound;
    }

    /**
     * What the operator is told.
     *
     * @param id what the parcel is called in events and lists
     */
    record AcceptedParcel(String id) {}

    @POST
    public Response post(@Context RoutingContext request) {
        String id =
                OctetsInFlight.during(
                        request,
                        () ->
                                acceptOutbound.accept(
                                        parcels.read(ReadBody.octets(request)), Optional.empty()));
        return Response.accepted(new AcceptedParcel(id)).build();
    }
}
