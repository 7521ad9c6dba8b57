package dev.posthouse.testing;

import dev.posthouse.common.x509.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An internal service CA for tests, and the identities it gives out. */
public final class TestPki {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LIFETIME = Duration.ofDays(1);

    private final KeyPair key;
    private final X509Certificate certificate;

    /** A CA of its own. */
    public TestPki() {
        X500Name name = new X500Name("CN=Test service CA");
        this.key = newKey();
        this.certificate = sign(builder(name, name, key, LIFETIME), true);
    }

    private TestPki(Path directory, String name) throws IOException, GeneralSecurityException {
        this.certificate =
                Pem.certificates(Files.readString(directory.resolve(name + ".crt"))).getFirst();
        byte[] stored = Files.readAllBytes(directory.resolve(name + ".p8"));
        this.key =
                new KeyPair(
                        certificate.getPublicKey(),
                        KeyFactory.getInstance("EC")
                                .generatePrivate(new PKCS8EncodedKeySpec(stored)));
    }

    /**
     * The one CA of this JVM's tests, whichever class loader asks: kept in files beside the
     * services' own.
     */
    public static synchronized TestPki shared() {
        return kept("ca");
    }

    /** Likewise one that is not ours: {@code foreign.crt}. */
    public static synchronized TestPki foreign() {
        return kept("foreign");
    }

    private static TestPki kept(String name) {
        Path directory = ServiceResource.directory();
        try {
            if (!Files.exists(directory.resolve(name + ".p8"))) {
                TestPki made = new TestPki();
                Files.writeString(
                        directory.resolve(name + ".crt"), Pem.encode(List.of(made.certificate)));
                Files.write(directory.resolve(name + ".p8"), made.key.getPrivate().getEncoded());
            }
            return new TestPki(directory, name);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The anchor that callers and services trust. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Begins an identity; finish it with {@link Leaf#build}. */
    public Leaf leaf(String commonName) {
        return new Leaf(commonName);
    }

    /** The identity of a module on this machine: its SPIFFE id, localhost and the loopbacks. */
    public Identity service(String module) {
        return leaf(module)
                .uri("spiffe://posthouse.local/" + module)
                .dns("localhost")
                .ip("127.0.0.1")
                .ip("::1")
                .build();
    }

    /** A caller without a certificate that trusts this CA. */
    public SSLContext anonymous() {
        return context(new KeyManager[0]);
    }

    private SSLContext context(KeyManager[] keys) {
        try {
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("ca", certificate);
            TrustManagerFactory trustManagers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trustManagers.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trustManagers.getTrustManagers(), RANDOM);
            return context;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * A key and its certificate.
     *
     * @param key private
     * @param certificate under the test's service CA
     * @param pki that CA
     */
    public record Identity(PrivateKey key, X509Certificate certificate, TestPki pki) {

        /** A caller that shows this certificate, whatever the server says it wants. */
        public SSLContext context() {
            return pki.context(new KeyManager[] {new Shows(this)});
        }

        /** Writes {@code <name>.crt} and {@code <name>.key} for a server. */
        public void write(Path directory, String name) {
            try {
                Files.writeString(
                        directory.resolve(name + ".crt"),
                        Pem.encode(List.of(certificate, pki.certificate)));
                Files.writeString(
                        directory.resolve(name + ".key"),
                        Pem.encode("PRIVATE KEY", key.getEncoded()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** An identity in the making. */
    public final class Leaf {
        private final String commonName;
        private final List<GeneralName> names = new ArrayList<>();
        private TestPki issuer = TestPki.this;
        private Duration age = LIFETIME;

        private Leaf(String commonName) {
            this.commonName = commonName;
        }

        /** Adds a SAN URI. */
        public Leaf uri(String uri) {
            names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
            return this;
        }

        /** Adds a SAN DNS name. */
        public Leaf dns(String name) {
            names.add(new GeneralName(GeneralName.dNSName, name));
            return this;
        }

        /** Adds a SAN address. */
        public Leaf ip(String address) {
            names.add(new GeneralName(GeneralName.iPAddress, address));
            return this;
        }

        /** Signed by another CA, yet carried by callers of this one: a forged identity. */
        public Leaf forgedBy(TestPki other) {
            issuer = other;
            return this;
        }

        /** Issued so long ago that it ended yesterday. */
        public Leaf expired() {
            age = LIFETIME.multipliedBy(3);
            return this;
        }

        /** Signs it. */
        public Identity build() {
            KeyPair pair = newKey();
            var builder =
                    builder(
                            new X500Name("CN=Test service CA"),
                            new X500Name("CN=" + commonName),
                            pair,
                            age);
            try {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(names.toArray(new GeneralName[0])));
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(
                                new KeyPurposeId[] {
                                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                                }));
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
            return new Identity(pair.getPrivate(), issuer.sign(builder, false), TestPki.this);
        }
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair key, Duration age) {
        Instant from = Instant.ofEpochMilli(System.currentTimeMillis()).minus(age);
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, RANDOM).setBit(120),
                Date.from(from),
                Date.from(from.plus(LIFETIME.multipliedBy(2))),
                subject,
                key.getPublic());
    }

    private X509Certificate sign(JcaX509v3CertificateBuilder builder, boolean ca) {
        try {
            if (ca) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
                builder.addExtension(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(key.getPrivate())));
        } catch (IOException | OperatorCreationException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Shows its certificate even to a server whose list of CAs does not name its issuer. */
    private static final class Shows extends X509ExtendedKeyManager {
        private static final String ALIAS = "identity";
        private final Identity identity;

        Shows(Identity identity) {
            this.identity = identity;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] types, Principal[] issuers, javax.net.ssl.SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {identity.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.key();
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return type.startsWith("EC") ? ALIAS : null;
        }

        @Override
        public String chooseEngineServerAlias(
                String type, Principal[] issuers, javax.net.ssl.SSLEngine engine) {
            return type.startsWith("EC") ? ALIAS : null;
        }
    }
}
