package dev.posthouse.bench.material;

import dev.posthouse.client.pki.Authority;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.Pem;
import dev.posthouse.local.suite.DevelopmentPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Chains such as the CA hands to the repository, signed with its key, in bulk. */
public final class Chains {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final Duration LIFETIME = Duration.ofDays(14);

    private final Authority issuing;
    private final X500Name issuer;
    private final String issuerPem;
    private final Instant now;

    public Chains(DevelopmentPki pki, Instant now) {
        Path directory = pki.path();
        this.now = now;
        try {
            char[] passphrase =
                    Files.readString(directory.resolve("passphrase")).strip().toCharArray();
            this.issuing = Authority.read(directory.resolve("issuing.p12"), passphrase);
            this.issuer = new JcaX509CertificateHolder(issuing.certificate()).getSubject();
            this.issuerPem = Pem.encode(List.of(issuing.certificate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The chain for the device of that number, leaf first. */
    String chain(int number, Device device) {
        try {
            SubjectPublicKeyInfo key =
                    SubjectPublicKeyInfo.getInstance(Device.key(number).getPublic().getEncoded());
            byte[] der = leaf(key, device).build(signer()).getEncoded();
            return Pem.encode("CERTIFICATE", der) + issuerPem;
        } catch (IOException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private X509v3CertificateBuilder leaf(SubjectPublicKeyInfo key, Device device)
            throws IOException {
        GeneralName address =
                new GeneralName(
                        GeneralName.iPAddress,
                        new DEROctetString(IpAddress.parse(Device.ADDRESS).octets()));
        X509v3CertificateBuilder leaf =
                new X509v3CertificateBuilder(
                        issuer,
                        new BigInteger(159, RANDOM),
                        Date.from(now),
                        Date.from(now.plus(LIFETIME)),
                        new X500Name("CN=" + device.session()),
                        key);
        JcaX509ExtensionUtils identifiers = extensionUtils();
        leaf.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                identifiers.createAuthorityKeyIdentifier(issuing.certificate().getPublicKey()));
        leaf.addExtension(
                Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
        leaf.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(address));
        leaf.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        leaf.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        return leaf;
    }

    private static JcaX509ExtensionUtils extensionUtils() {
        try {
            return new JcaX509ExtensionUtils();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256WITHECDSA")
                .setProvider(PROVIDER)
                .build(issuing.key());
    }
}
