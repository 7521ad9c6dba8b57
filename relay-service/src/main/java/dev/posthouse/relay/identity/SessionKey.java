package dev.posthouse.relay.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The public half of our ECDH key, kept for cargo (PoHTTP, section 11.1).
 *
 * @param id how others name it
 * @param publicKey its SubjectPublicKeyInfo
 */
@SuppressWarnings("ArrayRecordComponent") // Copied, never compared.
public record SessionKey(byte[] id, byte[] publicKey) {

    public SessionKey {
        id = id.clone();
        publicKey = publicKey.clone();
    }

    /** The key, named after itself. */
    static SessionKey of(byte[] publicKey) {
        try {
            return new SessionKey(
                    MessageDigest.getInstance("SHA-256").digest(publicKey), publicKey);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public byte[] id() {
        return id.clone();
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public String toString() {
        return "SessionKey[" + HexFormat.of().formatHex(id) + "]";
    }
}
