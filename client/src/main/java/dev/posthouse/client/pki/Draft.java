package dev.posthouse.client.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate in the making; each method adds what one kind of certificate needs. */
final class Draft {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 159;

    private final X509v3CertificateBuilder builder;

    private Draft(X500Name issuer, X500Name subject, Validity validity, PublicKey key) {
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(key.getEncoded());
        this.builder =
                new X509v3CertificateBuilder(
                        issuer,
                        new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1),
                        validity.start(),
                        validity.end(),
                        subject,
                        info);
        add(Extension.subjectKeyIdentifier, false, KeyIdentifiers.of(info));
    }

    /** A certificate signed by its own key. */
    static Draft selfSigned(X500Name name, Validity validity, PublicKey key) {
        return new Draft(name, name, validity, key);
    }

    /** A certificate signed by an authority, which it does not outlive. */
    static Draft issuedBy(Authority issuer, X500Name subject, Validity validity, PublicKey key) {
        X509Certificate above = issuer.certificate();
        X500Name name = X500Name.getInstance(above.getSubjectX500Principal().getEncoded());
        return new Draft(name, subject, validity.within(above), key)
                .add(Extension.authorityKeyIdentifier, false, KeyIdentifiers.ofIssuer(above));
    }

    Draft authority(int pathLength) {
        return add(Extension.basicConstraints, true, new BasicConstraints(pathLength))
                .add(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    Draft endEntity() {
        return add(Extension.basicConstraints, true, new BasicConstraints(false))
                .add(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    }

    Draft purposes(KeyPurposeId... purposes) {
        return add(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    Draft add(ASN1ObjectIdentifier extension, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(extension, critical, value);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException("an extension of ours cannot be encoded", e);
        }
    }

    X509Certificate sign(PrivateKey key) {
        try {
            var signer = new JcaContentSignerBuilder(KeyType.signatureAlgorithm(key)).build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException | CertificateException e) {
            throw new IllegalStateException("this JDK cannot sign with such a key", e);
        }
    }

    Authority signItself(KeyPair pair) {
        return new Authority(pair.getPrivate(), List.of(sign(pair.getPrivate())));
    }
}
