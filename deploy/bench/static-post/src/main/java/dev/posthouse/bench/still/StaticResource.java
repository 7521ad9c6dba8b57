package dev.posthouse.bench.still;

import dev.posthouse.common.wire.CollectRequest;
import dev.posthouse.common.wire.CollectResponse;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/**
 * Takes what a collection takes and answers what a collection answers, about as long, always the
 * same: the part of a collection that is TLS, HTTP and JSON.
 */
@Path("/static")
@Consumes("application/json")
@Produces("application/json")
@RunOnVirtualThread
@PermitAll
final class StaticResource {

    /** As long as a chain of two P-256 certificates. */
    private static final String CHAIN = "0123456789abcdef".repeat(110);

    /** Takes what a packet's door takes, which answers nothing. */
    @POST
    @Path("/packet")
    public void packet(byte[] packet) {}

    /** Takes what a parcel's door takes. */
    @POST
    @Path("/parcel")
    @Consumes("application/vnd.awala.parcel")
    public void parcel(byte[] parcel) {}

    @POST
    public CollectResponse post(CollectRequest request) {
        return new CollectResponse(CHAIN, request.sessionName());
    }
}
