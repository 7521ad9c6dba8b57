package dev.posthouse.ymp.outgoing;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/** Our applications send messages to other hosts (YMP, section 9). */
@Path("/messages")
@Consumes("application/json")
@Produces("application/json")
@RunOnVirtualThread
@RolesAllowed("ymp-application")
final class MessageResource {

    private final PostMessage postMessage;

    MessageResource(PostMessage postMessage) {
        this.postMessage = postMessage;
    }

    /**
     * What the application is told.
     *
     * @param id of the message
     */
    record PostedMessage(String id) {}

    @POST
    public Response post(@NotNull byte[] body) {
        return Response.accepted(new PostedMessage(postMessage.post(body))).build();
    }
}
