package dev.posthouse.client.https;

import dev.posthouse.client.file.CertificateFile;
import dev.posthouse.client.file.KeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * Who we are to a service that asks: an application or an operator.
 *
 * @param key of the first certificate
 * @param chain leaf first
 */
public record OwnIdentity(PrivateKey key, List<X509Certificate> chain) {

    private static final char[] NO_PASSPHRASE = {};

    public OwnIdentity {
        chain = List.copyOf(chain);
    }

    /** Reads two PEM files. */
    public static OwnIdentity read(Path certificate, Path key) {
        List<X509Certificate> chain = CertificateFile.read(certificate);
        String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
        return new OwnIdentity(KeyFile.read(key, algorithm), chain);
    }

    KeyManager[] managers() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key, NO_PASSPHRASE, chain.toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, NO_PASSPHRASE);
            return factory.getKeyManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot set up TLS", e);
        }
    }

    @Override
    public String toString() {
        return "OwnIdentity[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
