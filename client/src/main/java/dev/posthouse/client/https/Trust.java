package dev.posthouse.client.https;

import dev.posthouse.client.failure.ClientException.FileProblem;
import dev.posthouse.client.failure.ClientException.Untrusted;
import dev.posthouse.client.file.CertificateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Trust anchors, installed beforehand (certificates, section 1). The machine's own list of public
 * CAs plays no part unless it is asked for.
 *
 * @param file where they were read from, for messages
 * @param anchors at least one certificate
 */
public record Trust(Path file, List<X509Certificate> anchors) {

    public Trust {
        anchors = List.copyOf(anchors);
    }

    /** Reads the anchors; a file that is missing or holds none is a failure of trust. */
    public static Trust read(Path file) {
        try {
            return new Trust(file, CertificateFile.read(file));
        } catch (FileProblem e) {
            throw new Untrusted(
                    "no trust anchor: "
                            + e.getMessage()
                            + ". Install the certificate of the CA that the servers' certificates"
                            + " come from, and name its file.",
                    e);
        }
    }

    /** The public CAs that this machine's JDK trusts, for servers that anybody may call. */
    public static Trust ofThisMachine() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init((KeyStore) null);
            List<X509Certificate> anchors =
                    Arrays.stream(factory.getTrustManagers())
                            .filter(X509TrustManager.class::isInstance)
                            .map(X509TrustManager.class::cast)
                            .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
                            .toList();
            return new Trust(Path.of("this machine's list"), anchors);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot set up TLS", e);
        }
    }

    /** Shows nothing of ours. */
    SSLContext sslContext() {
        return sslContext(null);
    }

    /** Shows one of these to a server that asks. */
    SSLContext sslContext(KeyManager[] ours) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate anchor : anchors) {
                store.setCertificateEntry("anchor-" + store.size(), anchor);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(ours, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot set up TLS", e);
        }
    }
}
