package dev.posthouse.relay.registration;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Anybody asks how to reach us (PoHTTP, section 11.1): {@code /connection-params.der}. */
@Path("/poweb/connection-params")
@NonBlocking
@PermitAll
final class ConnectionParametersResource {

    private static final MediaType PARAMETERS = new MediaType("application", "vnd.etsi.tsl.der");

    private final OurParameters parameters;

    ConnectionParametersResource(OurParameters parameters) {
        this.parameters = parameters;
    }

    @GET
    public Response get() {
        return Response.ok(parameters.connectionParameters(), PARAMETERS).build();
    }
}
