package dev.posthouse.client.pki;

import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of key this client makes (certificates, section 5 rule 7). */
public enum KeyType {
    P256("EC", 256),
    P384("EC", 384),
    RSA2048("RSA", 2048),
    RSA3072("RSA", 3072),
    ED25519("Ed25519", 255);

    private final String algorithm;
    private final int bits;

    KeyType(String algorithm, int bits) {
        this.algorithm = algorithm;
        this.bits = bits;
    }

    /** A new key pair; the JDK takes the NIST curve and the exponent 65537 for such a size. */
    public KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK cannot make keys of type " + this, e);
        }
    }

    /** The type of a public key, if it is one of these. */
    public static Optional<KeyType> of(PublicKey key) {
        int size =
                switch (key) {
                    case ECKey ec -> ec.getParams().getCurve().getField().getFieldSize();
                    case RSAKey rsa -> rsa.getModulus().bitLength();
                    default -> ED25519.bits;
                };
        String family = key instanceof EdECKey ? ED25519.algorithm : key.getAlgorithm();
        return Arrays.stream(values())
                .filter(type -> type.algorithm.equals(family) && type.bits == size)
                .findFirst();
    }

    /** The signature algorithm that goes with a key, by the JCA's name. */
    public static String signatureAlgorithm(Key key) {
        return switch (key) {
            case ECKey ec ->
                    ec.getParams().getCurve().getField().getFieldSize() == P256.bits
                            ? "SHA256withECDSA"
                            : "SHA384withECDSA";
            case RSAKey rsa -> "SHA256withRSA";
            default -> "Ed25519";
        };
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
