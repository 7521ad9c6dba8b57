package dev.posthouse.ymp.receiving;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.List;

/** Our applications fetch what was sent to them (YMP, section 9). */
@Path("/inbox")
@Produces("application/json")
@RunOnVirtualThread
@RolesAllowed("ymp-application")
final class InboxResource {

    private final ReadInbox readInbox;
    private final AcknowledgeMessages acknowledgeMessages;

    InboxResource(ReadInbox readInbox, AcknowledgeMessages acknowledgeMessages) {
        this.readInbox = readInbox;
        this.acknowledgeMessages = acknowledgeMessages;
    }

    /** What waits in the inbox. */
    record InboxResponse(List<Waiting> messages) {}

    @GET
    public InboxResponse get(
            @QueryParam("max") @DefaultValue("100") String max,
            @QueryParam("wait") @DefaultValue("0") String wait,
            @QueryParam("protocol") String protocol,
            @QueryParam("service") String service,
            @Context RoutingContext call) {
        InboxQuery query = InboxQuery.parse(max, wait, protocol, service);
        return new InboxResponse(readInbox.read(query, () -> call.response().closed()));
    }

    @POST
    @Path("/acks")
    @Consumes("application/json")
    public void acknowledge(byte[] body) {
        acknowledgeMessages.acknowledge(Acknowledgement.parse(body).seqs());
    }
}
