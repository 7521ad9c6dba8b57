package dev.posthouse.ymp;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whose certificates give roles (YMP, section 9). The trust store of a door of its own may hold
 * anchors of other hosts (section 8), who write into certificates what they like: there those of
 * our identity must vouch for them too.
 */
@Singleton
final class OurAnchors {

    private static final String IDENTITY = "peer";

    /** Asked when somebody calls: doors are hung before it is there. */
    private final Provider<TlsConfigurationRegistry> identities;

    private final boolean doorApart;

    OurAnchors(
            Provider<TlsConfigurationRegistry> identities,
            @ConfigProperty(name = "quarkus.http.tls-configuration-name") String door) {
        this.identities = identities;
        this.doorApart = !door.equals(IDENTITY);
    }

    /** Whether one of them, as they were last read, stands behind what TLS has let in. */
    boolean vouchFor(List<X509Certificate> chain) {
        return !doorApart
                || identities
                        .get()
                        .get(IDENTITY)
                        .map(TlsConfiguration::getTrustStore)
                        .filter(anchors -> vouch(anchors, chain))
                        .isPresent();
    }

    private static boolean vouch(KeyStore anchors, List<X509Certificate> chain) {
        try {
            manager(anchors)
                    .checkClientTrusted(
                            chain.toArray(new X509Certificate[0]),
                            chain.getFirst().getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException anothers) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static X509TrustManager manager(KeyStore anchors) throws GeneralSecurityException {
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(anchors);
        return (X509TrustManager) managers.getTrustManagers()[0];
    }
}
