package dev.posthouse.common.x509;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A public key that keeps certificates, section 5 rule 7.
 *
 * @param kind its algorithm
 * @param spki its canonical SubjectPublicKeyInfo
 * @param key the same for a verifier
 */
@SuppressWarnings("ArrayRecordComponent") // Stays in this package, never compared.
record CsrKey(Kind kind, byte[] spki, PublicKey key) {

    /** The algorithms, by the names that a key factory knows. */
    enum Kind {
        RSA,
        EC,
        ED25519
    }

    static CsrKey of(Kind kind, AlgorithmIdentifier algorithm, byte[] bits) {
        byte[] spki = der(new SubjectPublicKeyInfo(algorithm, bits));
        try {
            KeyFactory factory = KeyFactory.getInstance(kind.name(), BouncyCastle.PROVIDER);
            return new CsrKey(kind, spki, factory.generatePublic(new X509EncodedKeySpec(spki)));
        } catch (GeneralSecurityException e) {
            // All that our rules leave to Bouncy Castle: it refuses a modulus that is prime itself.
            throw new InvalidCsr("csr.key.factor", "The RSA modulus is not a product of primes.");
        }
    }

    static byte[] der(ASN1Object value) {
        try {
            return value.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("Memory does not fail.", e);
        }
    }
}
