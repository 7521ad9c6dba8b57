package dev.posthouse.common.node;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The keys of nodes (RS-018): RSA of at least 2048 bits, always written as {@code rsaEncryption}
 * with NULL parameters, so that a key has one id.
 */
public final class NodeKey {

    private static final AlgorithmIdentifier RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

    private static final int LEAST = 2048;

    /** Longer ones, and long exponents, make verifying slow. */
    private static final int MOST = 8192;

    private static final int LONGEST_EXPONENT = 33;

    private NodeKey() {}

    /**
     * The SubjectPublicKeyInfo, in DER.
     *
     * @throws IllegalArgumentException for a key that is not RSA
     */
    public static byte[] encode(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return encode(rsa.getModulus(), rsa.getPublicExponent());
        }
        throw new IllegalArgumentException("Nodes have RSA keys.");
    }

    /**
     * The key in a SubjectPublicKeyInfo.
     *
     * @throws IllegalArgumentException if that is none of a node
     */
    public static PublicKey parse(byte[] spki) {
        return OddIntegers.allowedIn(
                        () -> usable(SubjectPublicKeyInfo.getInstance(Asn1.read(spki))))
                .filter(key -> Arrays.equals(encode(key), spki))
                .orElseThrow(() -> new IllegalArgumentException("This is no key of a node."));
    }

    /** The key, if it is one of a node, in its one form. */
    static Optional<PublicKey> usable(SubjectPublicKeyInfo info) {
        if (!info.getAlgorithm().equals(RSA)) {
            return Optional.empty();
        }
        try {
            var numbers =
                    org.bouncycastle.asn1.pkcs.RSAPublicKey.getInstance(info.parsePublicKey());
            BigInteger modulus = numbers.getModulus();
            BigInteger exponent = numbers.getPublicExponent();
            boolean one = Arrays.equals(encode(modulus, exponent), Asn1.der(info));
            return one && fits(modulus, exponent)
                    ? Optional.of(key(modulus, exponent))
                    : Optional.empty();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static boolean fits(BigInteger modulus, BigInteger exponent) {
        int bits = modulus.bitLength();
        return modulus.signum() > 0
                && modulus.testBit(0)
                && bits >= LEAST
                && bits <= MOST
                && exponent.testBit(0)
                && exponent.compareTo(BigInteger.TWO) > 0
                && exponent.bitLength() <= LONGEST_EXPONENT;
    }

    private static PublicKey key(BigInteger modulus, BigInteger exponent)
            throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static byte[] encode(BigInteger modulus, BigInteger exponent) {
        return Asn1.der(
                new SubjectPublicKeyInfo(
                        RSA,
                        Asn1.der(new org.bouncycastle.asn1.pkcs.RSAPublicKey(modulus, exponent))));
    }
}
