package dev.posthouse.common.door;

import dev.posthouse.common.mtls.PeerIdentity;
import dev.posthouse.common.net.IpAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Who stands at a door.
 *
 * @param address the observed address (certificates, section 6)
 * @param certified whether it showed a certificate; asked for at doors with roles only
 * @param peer who that certificate says it is, when it names a role
 */
public record Caller(IpAddress address, boolean certified, Optional<PeerIdentity> peer) {

    private static final String KEY = Caller.class.getName();

    /** The caller of this request, as {@link Doors} found it. */
    public static Caller of(RoutingContext request) {
        return request.get(KEY);
    }

    void attach(RoutingContext request) {
        request.put(KEY, this);
    }
}
