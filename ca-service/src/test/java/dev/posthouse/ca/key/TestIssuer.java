package dev.posthouse.ca.key;

import dev.posthouse.common.x509.Pem;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An issuing CA for tests under a root of its own, as certificates, section 10 has the chain:
 * {@code TestIssuer.p256().permitting("10.0.0.0/8").named("devices.example").build()}.
 */
public final class TestIssuer {

    /** The passphrase of every file. */
    public static final String PASSPHRASE = "only for tests";

    private static final X500Name ROOT = new X500Name("CN=Test root");

    private final KeyPair key;
    private final List<GeneralSubtree> permitted = new ArrayList<>();
    private final List<GeneralSubtree> excluded = new ArrayList<>();
    private Instant notBefore = Instant.ofEpochMilli(System.currentTimeMillis()).minusSeconds(3600);
    private Duration lifetime = Duration.ofDays(1000);
    private ASN1Encodable basicConstraints = new BasicConstraints(0);
    private int usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
    private boolean identified = true;
    private boolean critical = true;

    private TestIssuer(KeyPair key) {
        this.key = key;
    }

    /** The default kind of key. */
    public static TestIssuer p256() {
        return new TestIssuer(pair("EC", 256));
    }

    /** The other curve. */
    public static TestIssuer p384() {
        return new TestIssuer(pair("EC", 384));
    }

    /** An RSA key. */
    public static TestIssuer rsa(int bits) {
        return new TestIssuer(pair("RSA", bits));
    }

    /** Permits ranges of addresses. */
    public TestIssuer permitting(String... ranges) {
        for (String range : ranges) {
            permitted.add(new GeneralSubtree(range(range)));
        }
        return this;
    }

    /** Excludes a range of addresses. */
    public TestIssuer excluding(String range) {
        excluded.add(new GeneralSubtree(new GeneralName(GeneralName.iPAddress, range)));
        return this;
    }

    /** Permits DNS names of a domain. */
    public TestIssuer named(String domain) {
        permitted.add(new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain)));
        return this;
    }

    /** Valid from then on. */
    public TestIssuer from(Instant start, Duration lasting) {
        notBefore = start;
        lifetime = lasting;
        return this;
    }

    /** With other usages. */
    public TestIssuer using(int keyUsage) {
        usage = keyUsage;
        return this;
    }

    /** A certificate that is no CA's. */
    public TestIssuer noCa() {
        basicConstraints = new BasicConstraints(false);
        return this;
    }

    /** Without a subjectKeyIdentifier. */
    public TestIssuer unidentified() {
        identified = false;
        return this;
    }

    /** With name constraints that are not critical. */
    public TestIssuer uncritical() {
        critical = false;
        return this;
    }

    /** Makes both certificates. */
    public Built build() {
        KeyPair rootKey = pair("EC", 384);
        try {
            X509v3CertificateBuilder root = builder(ROOT, rootKey);
            root.addExtension(Extension.basicConstraints, true, new BasicConstraints(1));
            root.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            root.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(rootKey.getPublic()));
            return new Built(key, signed(issuing(rootKey), rootKey), signed(root, rootKey));
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private X509v3CertificateBuilder issuing(KeyPair rootKey)
            throws IOException, GeneralSecurityException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        X509v3CertificateBuilder issuing =
                builder(new X500Name("O=Posthouse tests,CN=Test issuing CA"), key);
        issuing.addExtension(Extension.basicConstraints, true, basicConstraints);
        issuing.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
        issuing.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        issuing.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                identifiers.createAuthorityKeyIdentifier(rootKey.getPublic()));
        if (identified) {
            issuing.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    identifiers.createSubjectKeyIdentifier(key.getPublic()));
        }
        if (!permitted.isEmpty() || !excluded.isEmpty()) {
            issuing.addExtension(
                    Extension.nameConstraints,
                    critical,
                    new NameConstraints(subtrees(permitted), subtrees(excluded)));
        }
        return issuing;
    }

    private static GeneralName range(String range) {
        return range.equals("::/0")
                ? new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[32]))
                : new GeneralName(GeneralName.iPAddress, range);
    }

    private static GeneralSubtree[] subtrees(List<GeneralSubtree> subtrees) {
        return subtrees.isEmpty() ? null : subtrees.toArray(GeneralSubtree[]::new);
    }

    private X509v3CertificateBuilder builder(X500Name subject, KeyPair subjectKey) {
        return new JcaX509v3CertificateBuilder(
                ROOT,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(notBefore),
                Date.from(notBefore.plus(lifetime)),
                subject,
                subjectKey.getPublic());
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair rootKey) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA384withECDSA")
                                            .build(rootKey.getPrivate())));
        } catch (OperatorCreationException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair pair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The chain that was made.
     *
     * @param key of the issuing CA
     * @param issuing its certificate
     * @param root the anchor
     */
    public record Built(KeyPair key, X509Certificate issuing, X509Certificate root) {

        /** The issuer as the service sees it. */
        public Issuer issuer() {
            try {
                return new Issuer(
                        key.getPrivate(), new X509CertificateHolder(issuing.getEncoded()));
            } catch (GeneralSecurityException | IOException unusable) {
                throw new IllegalArgumentException(unusable);
            }
        }

        /** Writes {@code <name>.p12} and {@code root-<name>.crt}. */
        public Path write(Path directory, String name) {
            return write(directory, name, key);
        }

        /** The same with another key than the certificate's. */
        public Path write(Path directory, String name, KeyPair other) {
            Path file = directory.resolve(name + ".p12");
            try (OutputStream out = Files.newOutputStream(file)) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry(
                        "issuing",
                        other.getPrivate(),
                        PASSPHRASE.toCharArray(),
                        new Certificate[] {issuing, root});
                store.store(out, PASSPHRASE.toCharArray());
                Files.writeString(
                        directory.resolve("root-" + name + ".crt"), Pem.encode(List.of(root)));
                return file;
            } catch (IOException | GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
