package dev.posthouse.ymp.host;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Anybody asks what we are (YMP, section 2). */
@Path("/")
@NonBlocking
@PermitAll
final class HostResource {

    /** Peers notice within the hour when our paths move. */
    private static final String KEEP = "max-age=3600";

    private final OurInformation information;

    HostResource(OurInformation information) {
        this.information = information;
    }

    @GET
    @Path(".well-known/ymp")
    public Response wellKnown() {
        return tell();
    }

    @GET
    @Path(".ymp")
    public Response shortly() {
        return tell();
    }

    private Response tell() {
        return Response.ok(information.document(), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, KEEP)
                .build();
    }
}
