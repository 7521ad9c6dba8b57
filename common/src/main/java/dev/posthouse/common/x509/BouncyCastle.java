package dev.posthouse.common.x509;

import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.concurrent.Callable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The crypto provider of every hot path; one, because making one takes a tenth of a second. */
public final class BouncyCastle {

    /** Named wherever a key, a signature or a certificate is made; never installed by this. */
    public static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private BouncyCastle() {}

    /**
     * The same key as one of Bouncy Castle's, to be made once: what it prepares of a key for the
     * next signature stays with the key.
     *
     * @throws IllegalArgumentException for a kind of key that it does not know
     */
    public static PrivateKey key(PrivateKey key) {
        return known(
                key,
                () ->
                        BouncyCastleProvider.getPrivateKey(
                                PrivateKeyInfo.getInstance(key.getEncoded())));
    }

    /**
     * The same for a public key.
     *
     * @throws IllegalArgumentException for a kind of key that it does not know
     */
    public static PublicKey key(PublicKey key) {
        return known(
                key,
                () ->
                        BouncyCastleProvider.getPublicKey(
                                SubjectPublicKeyInfo.getInstance(key.getEncoded())));
    }

    private static <K extends Key> K known(K key, Callable<K> read) {
        try {
            K own = read.call();
            if (own != null) {
                return own;
            }
        } catch (Exception unreadable) {
            throw new IllegalArgumentException("no usable key", unreadable);
        }
        throw new IllegalArgumentException("no usable kind of key: " + key.getAlgorithm());
    }
}
