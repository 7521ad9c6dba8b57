package dev.posthouse.relay.identity;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.NodeKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;

/**
 * The key we sign with: RSA (PoHTTP, section 6).
 *
 * @param pair both halves
 * @param id the node id of it
 */
record OwnKey(KeyPair pair, NodeId id) {

    private static final int BITS = 2048;

    private OwnKey(KeyPair pair) {
        this(pair, NodeId.of(pair.getPublic()));
    }

    /** A new one. */
    static OwnKey create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new OwnKey(generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is no RSA key in PKCS#8 that a node may have
     */
    static OwnKey parse(byte[] pkcs8) {
        try {
            KeyFactory keys = KeyFactory.getInstance("RSA");
            if (keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8))
                    instanceof RSAPrivateCrtKey key) {
                var numbers = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
                byte[] publicKey = NodeKey.encode(keys.generatePublic(numbers));
                return new OwnKey(new KeyPair(NodeKey.parse(publicKey), key));
            }
        } catch (GeneralSecurityException unreadable) {
            // The cause could show what the file holds.
        }
        throw new IllegalArgumentException("must be an RSA key of 2048 bits or more in PKCS#8");
    }

    byte[] pkcs8() {
        return pair.getPrivate().getEncoded();
    }

    @Override
    public String toString() {
        return "OwnKey[" + id + "]";
    }
}
