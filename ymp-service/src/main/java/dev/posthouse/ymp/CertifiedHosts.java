package dev.posthouse.ymp;

import dev.posthouse.common.door.Door;
import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.setting.BadSetting;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Before the doors of other hosts, where mutual TLS is required on top (YMP, section 8): a
 * certificate; TLS has taken only one that the door's trust store vouches for. It replaces nothing:
 * who sends a packet, its token says, and it gives no role.
 */
final class CertifiedHosts {

    private static final Refusal MISSING =
            Refusal.of(403, "caller.certificate", "A client certificate is needed.");

    private CertifiedHosts() {}

    /**
     * Looks whether hosts can show one.
     *
     * @throws BadSetting if every one of them would be refused
     */
    static void check(YmpConfig settings, String plainHttp) {
        if (settings.mutualTls() && plainHttp.equalsIgnoreCase("enabled")) {
            throw new BadSetting(
                    "ymp.mutual-tls",
                    "needs quarkus.http.insecure-requests=disabled: nobody shows a certificate"
                            + " over plain HTTP");
        }
    }

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
