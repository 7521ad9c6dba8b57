package dev.posthouse.client.node;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;

/** The keys of nodes: RSA, which is all that the libraries know (RS-018). */
public final class NodeKeys {

    /** Enough until nobody uses RSA any more. */
    public static final int BITS = 2048;

    private NodeKeys() {}

    /** A new pair. */
    public static KeyPair create() {
        return create(BITS);
    }

    /** A new pair of another size. */
    public static KeyPair create(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    /** The public half of a private key. */
    static PublicKey publicKey(RSAPrivateCrtKey key) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(
                            new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no RSA key", e);
        }
    }
}
