package dev.posthouse.common.door;

import dev.posthouse.common.mtls.PeerIdentity;
import dev.posthouse.common.net.IpAddress;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Who stands at a door.
 *
 * @param address the observed address (certificates, section 6)
 * @param certified whether it showed a certificate; asked for at doors with roles only
 * @param peer who that certificate says it is, when it names a role and may
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

    /** Whether its certificate gives one of these roles. */
    public boolean hasRole(Set<String> roles) {
        return peer.filter(named -> roles.contains(named.role())).isPresent();
    }

    /**
     * Finds out who sent a request.
     *
     * @param byCertificate whether its certificate matters
     * @throws ObservedAddress.Unparsable at a forwarding entry that is no address
     */
    static Caller find(HttpServerRequest request, Doors.Callers callers, boolean byCertificate) {
        ObservedAddress observed = callers.observed();
        IpAddress address =
                observed.of(
                        tcpPeer(request.remoteAddress()),
                        request.headers().getAll(observed.field()));
        Optional<List<X509Certificate>> shown =
                byCertificate ? chain(request.sslSession()) : Optional.empty();
        return new Caller(address, shown.isPresent(), shown.flatMap(callers::peer));
    }

    private static IpAddress tcpPeer(SocketAddress remote) {
        try {
            return IpAddress.of(InetAddress.ofLiteral(remote.hostAddress().split("%", 2)[0]));
        } catch (IllegalArgumentException scoped) {
            throw new ObservedAddress.Unparsable();
        }
    }

    private static Optional<List<X509Certificate>> chain(SSLSession session) {
        try {
            return session == null
                    ? Optional.empty()
                    : Optional.of(
                            Stream.of(session.getPeerCertificates())
                                    .map(X509Certificate.class::cast)
                                    .toList());
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }
}
