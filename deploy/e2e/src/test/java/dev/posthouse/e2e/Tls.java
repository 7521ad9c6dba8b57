package dev.posthouse.e2e;

import dev.posthouse.common.x509.Pem;
import dev.posthouse.local.suite.DevelopmentPki;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * One side of a TLS connection.
 *
 * @param context with the side's own certificate, if it has one, and its trust
 */
record Tls(SSLContext context) {

    private static final char[] NO_PASSPHRASE = {};

    /** Shows nothing, trusts the services. */
    static Tls anonymous(DevelopmentPki pki) {
        return trusting(pki.trustAnchor(), null);
    }

    /** Shows the certificate of that name, trusts the services. */
    static Tls of(DevelopmentPki pki, String identity) {
        try {
            KeyStore keys = empty();
            List<X509Certificate> chain =
                    Pem.certificates(Files.readString(pki.certificate(identity)));
            keys.setKeyEntry(
                    identity,
                    key(pki.key(identity)),
                    NO_PASSPHRASE,
                    chain.toArray(new Certificate[0]));
            return trusting(pki.trustAnchor(), keys);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shows what is in a key store with an empty passphrase, trusts the certificates of a file. */
    static Tls trusting(Path anchors, KeyStore keys) {
        try {
            KeyStore trust = empty();
            for (X509Certificate anchor : Pem.certificates(Files.readString(anchors))) {
                trust.setCertificateEntry(anchor.getSubjectX500Principal().getName(), anchor);
            }
            TrustManagerFactory trusted =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(trust);
            KeyManagerFactory shown =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            shown.init(keys, NO_PASSPHRASE);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys == null
                            ? null
                            : new KeyManager[] {
                                new Shown((X509ExtendedKeyManager) shown.getKeyManagers()[0], keys)
                            },
                    trusted.getTrustManagers(),
                    null);
            return new Tls(context);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }

    /** Shows its one certificate whatever issuers the other side says it wants. */
    private static final class Shown extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager keys;
        private final String alias;

        Shown(X509ExtendedKeyManager keys, KeyStore store) throws KeyStoreException {
            this.keys = keys;
            this.alias = store.aliases().nextElement();
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return alias;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] types, Principal[] issuers, SSLEngine engine) {
            return alias;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return type.equals("EC") ? alias : null;
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            return type.equals("EC") ? alias : null;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {alias};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[] {alias};
        }

        @Override
        public X509Certificate[] getCertificateChain(String name) {
            return keys.getCertificateChain(name);
        }

        @Override
        public PrivateKey getPrivateKey(String name) {
            return keys.getPrivateKey(name);
        }
    }
}
