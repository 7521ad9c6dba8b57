package dev.posthouse.common.node;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * What a node is known by (RS-000): {@code 0}, then SHA-256 of its key's SubjectPublicKeyInfo in
 * lower-case hex. It is computed from the key, never read from a certificate's name, which anybody
 * may claim.
 *
 * @param text the 65 characters
 */
public record NodeId(String text) {

    private static final Pattern FORM = Pattern.compile("0[0-9a-f]{64}");

    /** Refuses any other text with {@link InvalidNodeId}. */
    public NodeId {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidNodeId();
        }
    }

    /**
     * Reads an id.
     *
     * @throws InvalidNodeId for a text that is none
     */
    public static NodeId parse(String text) {
        return new NodeId(text);
    }

    /**
     * The id of whoever holds this RSA key, in whatever form the key is held.
     *
     * @throws IllegalArgumentException for another kind of key
     */
    public static NodeId of(PublicKey key) {
        return ofKey(NodeKey.encode(key));
    }

    /** The id of whoever holds this key. */
    public static NodeId of(SubjectPublicKeyInfo key) {
        return ofKey(Asn1.der(key));
    }

    /** Of the DER of a SubjectPublicKeyInfo. */
    static NodeId ofKey(byte[] spki) {
        return new NodeId("0" + HexFormat.of().formatHex(sha256(spki)));
    }

    /** The hash alone, as key identifiers in certificates hold it. */
    public byte[] hash() {
        return HexFormat.of().parseHex(text, 1, text.length());
    }

    @Override
    public String toString() {
        return text;
    }

    static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256.", impossible);
        }
    }
}
