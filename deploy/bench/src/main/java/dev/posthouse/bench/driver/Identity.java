package dev.posthouse.bench.driver;

import dev.posthouse.local.suite.DevelopmentPki;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Optional;

/**
 * What one side of a TLS connection shows and trusts.
 *
 * @param pki where its files are
 * @param name whose certificate it shows; a client shows none
 */
public record Identity(DevelopmentPki pki, Optional<String> name) {

    /** Trusts the services, shows nothing. */
    public static Identity anonymous(DevelopmentPki pki) {
        return new Identity(pki, Optional.empty());
    }

    /** Shows the certificate of a module. */
    public static Identity of(DevelopmentPki pki, String module) {
        return new Identity(pki, Optional.of(module));
    }

    PemTrustOptions trust() {
        return new PemTrustOptions().addCertPath(pki.trustAnchor().toString());
    }

    Optional<PemKeyCertOptions> shown() {
        return name.map(module ->
                new PemKeyCertOptions()
                        .addCertPath(pki.certificate(module).toString())
                        .addKeyPath(pki.key(module).toString()));
    }
}
