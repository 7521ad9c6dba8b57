package dev.posthouse.relay.registration;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A node that has been authorised registers (PoHTTP, section 11.1): {@code /nodes}. */
@Path("/poweb/nodes")
@RunOnVirtualThread
@PermitAll
final class NodeResource {

    /** Bare: the deployed clients compare the whole header. */
    private static final MediaType REGISTRATION =
            new MediaType("application", "vnd.awala.node-registration.registration");

    private final RegisterNode registerNode;
    private final OurParameters parameters;

    NodeResource(RegisterNode registerNode, OurParameters parameters) {
        this.registerNode = registerNode;
        this.parameters = parameters;
    }

    @POST
    public Response post(byte[] request) {
        Registered registered = registerNode.register(request);
        return Response.ok(parameters.registration(registered), REGISTRATION).build();
    }
}
