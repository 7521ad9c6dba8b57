package dev.posthouse.ymp;

import dev.posthouse.common.door.Door;
import dev.posthouse.common.door.Refusal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Before the doors of other hosts, where mutual TLS is required on top (YMP, section 8): a
 * certificate that our anchors vouch for. It replaces nothing: who sends a packet, its token says.
 */
final class CertifiedHosts {

    private static final Refusal MISSING =
            Refusal.of(403, "caller.certificate", "A client certificate is needed.");

    private CertifiedHosts() {}

    /** The same door for those alone who show one, before whatever else it asks for. */
    static Door before(Door door) {
        return door.behind(
                call -> refuse(call).or(() -> door.gate().flatMap(gate -> gate.refuse(call))));
    }

    private static Optional<Refusal> refuse(RoutingContext call) {
        return isCertified(call.request()) ? Optional.empty() : Optional.of(MISSING);
    }

    private static boolean isCertified(HttpServerRequest request) {
        try {
            return request.isSSL() && request.sslSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException none) {
            return false;
        }
    }
}
