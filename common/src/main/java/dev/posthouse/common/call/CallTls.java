package dev.posthouse.common.call;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom a caller trusts and who it is itself (YMP, section 8; PoHTTP, section 9; MIMI, section 2.1).
 * There is no way to trust less, and none to fall back to.
 */
public final class CallTls {

    private static final Set<String> BOTH = Set.of("TLSv1.3", "TLSv1.2");
    private static final char[] NO_PASSWORD = new char[0];

    private final TrustManagerFactory anchors;
    private final Supplier<KeyManagerFactory> identity;
    private final Set<String> versions;

    private CallTls(
            TrustManagerFactory anchors,
            Supplier<KeyManagerFactory> identity,
            Set<String> versions) {
        this.anchors = anchors;
        this.identity = identity;
        this.versions = versions;
    }

    /**
     * Shows no certificate, speaks TLS 1.2 and 1.3.
     *
     * @param further anchors besides the machine's
     */
    public static CallTls trusting(List<X509Certificate> further) {
        try {
            KeyManagerFactory none = identity(emptyStore());
            return new CallTls(merged(further), () -> none, BOTH);
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The same, but for hosts that want a certificate (mutual TLS).
     *
     * @param chain the key's certificate first
     */
    public CallTls showing(PrivateKey key, List<X509Certificate> chain) {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("identity", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
            KeyManagerFactory shown = identity(store);
            return showing(() -> shown);
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalArgumentException("The identity cannot be used.", unusable);
        }
    }

    /**
     * The same with an identity that is renewed from time to time.
     *
     * @param current asked whenever a host is connected to that was not
     */
    public CallTls showing(Supplier<KeyManagerFactory> current) {
        return new CallTls(anchors, current, versions);
    }

    /** The same, but without TLS 1.2 (MIMI, section 2.1). */
    public CallTls newestOnly() {
        return new CallTls(anchors, identity, Set.of("TLSv1.3"));
    }

    /** The library's own check of the name stays in place: it belongs to the JDK's manager. */
    void apply(HttpClientOptions options) {
        options.setSsl(true)
                .setVerifyHost(true)
                .setTrustOptions(TrustOptions.wrap(anchors))
                .setKeyCertOptions(new Shown(identity))
                .setEnabledSecureTransportProtocols(versions);
    }

    /** One store, one manager: two managers side by side would each have to check the name. */
    private static TrustManagerFactory merged(List<X509Certificate> further)
            throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        List<X509Certificate> all =
                Stream.concat(systemAnchors().stream(), further.stream()).toList();
        for (int i = 0; i < all.size(); i++) {
            store.setCertificateEntry("anchor-" + i, all.get(i));
        }
        return managers(store);
    }

    private static List<X509Certificate> systemAnchors() throws GeneralSecurityException {
        return Stream.of(managers(null).getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
                .toList();
    }

    private static TrustManagerFactory managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers;
    }

    private static KeyManagerFactory identity(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, NO_PASSWORD);
        return managers;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** One identity for every host: the library's own wrapper looks for one by the host's name. */
    private record Shown(Supplier<KeyManagerFactory> identity) implements KeyCertOptions {

        @Override
        public KeyCertOptions copy() {
            return this;
        }

        @Override
        public KeyManagerFactory getKeyManagerFactory(Vertx vertx) {
            return identity.get();
        }
    }
}
