package dev.posthouse.ca.key;

import dev.posthouse.common.x509.BouncyCastle;
import dev.posthouse.common.x509.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * An issuing CA: its key and its certificate (certificates, section 10). The key is loaded once and
 * never leaves; {@link #toString} shows the certificate's name.
 */
public final class Issuer {

    private static final byte[] TRIAL = "trial".getBytes(StandardCharsets.US_ASCII);

    private final IssuingKey kind;
    private final AlgorithmIdentifier algorithm;
    private final PrivateKey key;
    private final PublicKey publicKey;
    private final X509CertificateHolder certificate;
    private final SubjectKeyIdentifier keyIdentifier;
    private final IssuerConstraints constraints;

    /**
     * @throws GeneralSecurityException when the key is of a kind that signs nothing here
     * @throws IllegalArgumentException when the certificate is no issuing CA's
     */
    Issuer(PrivateKey key, X509CertificateHolder certificate) throws GeneralSecurityException {
        this.kind = IssuingKey.of(certificate.getSubjectPublicKeyInfo());
        this.algorithm = kind.algorithm();
        KeyFactory factory = KeyFactory.getInstance(kind.family(), BouncyCastle.PROVIDER);
        this.key = factory.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        this.certificate = certificate;
        try {
            byte[] spki = certificate.getSubjectPublicKeyInfo().getEncoded();
            this.publicKey = factory.generatePublic(new X509EncodedKeySpec(spki));
        } catch (IOException impossible) {
            throw new IllegalStateException("Memory does not fail.", impossible);
        }
        Extensions extensions = certificate.getExtensions();
        this.keyIdentifier = IssuerRules.check(extensions);
        this.constraints =
                IssuerConstraints.of(
                        NameConstraints.getInstance(
                                Extensions.getExtensionParsedValue(
                                        extensions, Extension.nameConstraints)));
    }

    /** The bytes of its subject, which become the issuer of what it signs. */
    public X500Name subject() {
        return certificate.getSubject();
    }

    /** Its own subjectKeyIdentifier. */
    public SubjectKeyIdentifier keyIdentifier() {
        return keyIdentifier;
    }

    /** What it may issue for. */
    public IssuerConstraints constraints() {
        return constraints;
    }

    /** From when on it signs. */
    public Instant notBefore() {
        return certificate.getNotBefore().toInstant();
    }

    /** What it signs ends no later. */
    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    /** How it signs, as certificates name it. */
    public AlgorithmIdentifier algorithm() {
        return algorithm;
    }

    /** Its certificate's armour. */
    public String pem() {
        try {
            return Pem.encode("CERTIFICATE", certificate.getEncoded());
        } catch (IOException impossible) {
            throw new IllegalStateException("Memory does not fail.", impossible);
        }
    }

    /** Signs bytes. */
    public byte[] sign(byte[] bytes) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(kind.signature(), BouncyCastle.PROVIDER);
        signature.initSign(key);
        signature.update(bytes);
        return signature.sign();
    }

    /** Whether the signature is this issuer's over these bytes. */
    public boolean verifies(byte[] bytes, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(kind.signature(), BouncyCastle.PROVIDER);
            verifier.initVerify(publicKey);
            verifier.update(bytes);
            return verifier.verify(signature);
        } catch (GeneralSecurityException broken) {
            return false;
        }
    }

    /** Whether a trial signature verifies: key and certificate belong together, and both work. */
    boolean works() throws GeneralSecurityException {
        return verifies(TRIAL, sign(TRIAL));
    }

    @Override
    public String toString() {
        return "Issuer[" + subject() + "]";
    }
}
