package dev.posthouse.ca.key;

import java.security.GeneralSecurityException;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/** The kinds of key that sign certificates, and how (certificates, section 10). */
enum IssuingKey {
    P256("EC", "SHA256WITHECDSA"),
    P384("EC", "SHA384WITHECDSA"),
    RSA("RSA", "SHA256WITHRSA");

    private static final int LEAST_RSA_BITS = 3072;

    private final String family;
    private final String signature;

    IssuingKey(String family, String signature) {
        this.family = family;
        this.signature = signature;
    }

    /** The kind of a public key. */
    static IssuingKey of(SubjectPublicKeyInfo key) throws GeneralSecurityException {
        AlgorithmIdentifier identifier = key.getAlgorithm();
        if (identifier.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            if (SECObjectIdentifiers.secp256r1.equals(identifier.getParameters())) {
                return P256;
            }
            if (SECObjectIdentifiers.secp384r1.equals(identifier.getParameters())) {
                return P384;
            }
        }
        if (identifier.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
                && rsaBits(key) >= LEAST_RSA_BITS) {
            return RSA;
        }
        throw new GeneralSecurityException("its key is not P-256, P-384 or RSA of 3072 bits");
    }

    private static int rsaBits(SubjectPublicKeyInfo key) throws GeneralSecurityException {
        try {
            return RSAPublicKey.getInstance(key.parsePublicKey()).getModulus().bitLength();
        } catch (java.io.IOException unreadable) {
            throw new GeneralSecurityException("its key cannot be read", unreadable);
        }
    }

    /** The name of its key factory. */
    String family() {
        return family;
    }

    /** The name of its signature algorithm. */
    String signature() {
        return signature;
    }

    /** The same, as certificates name it. */
    AlgorithmIdentifier algorithm() {
        return new DefaultSignatureAlgorithmIdentifierFinder().find(signature);
    }
}
