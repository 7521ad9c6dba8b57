package dev.posthouse.ymp.receiving;

import dev.posthouse.ymp.granting.PacketToken;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

/** Another host sends a packet (YMP, section 3.3); the token was checked before the body came. */
@Path("/ymp/packet")
@Consumes("application/json")
@RunOnVirtualThread
@PermitAll
final class PacketResource {

    private final TakePacket takePacket;

    PacketResource(TakePacket takePacket) {
        this.takePacket = takePacket;
    }

    @POST
    public void post(byte[] body, @Context RoutingContext call) {
        takePacket.take(PacketToken.holder(call), body);
    }
}
