package dev.posthouse.relay.registration;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A node asks to be authorised to register (PoHTTP, section 11.1): {@code /pre-registrations}. */
@Path("/poweb/pre-registrations")
@RunOnVirtualThread
@PermitAll
final class PreRegistrationResource {

    /** Bare: the deployed clients compare the whole header. */
    private static final MediaType AUTHORIZATION =
            new MediaType("application", "vnd.awala.node-registration.authorization");

    private final PreRegisterNode preRegisterNode;

    PreRegistrationResource(PreRegisterNode preRegisterNode) {
        this.preRegisterNode = preRegisterNode;
    }

    @POST
    public Response post(byte[] keyDigest) {
        byte[] authorization =
                preRegisterNode.preRegister(new String(keyDigest, ISO_8859_1)).encoded();
        return Response.ok(authorization, AUTHORIZATION).build();
    }
}
