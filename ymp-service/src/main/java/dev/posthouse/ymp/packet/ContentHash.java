package dev.posthouse.ymp.packet;

import dev.posthouse.ymp.packet.JsonValue.JsonArray;
import dev.posthouse.ymp.packet.JsonValue.JsonLiteral;
import dev.posthouse.ymp.packet.JsonValue.JsonNumber;
import dev.posthouse.ymp.packet.JsonValue.JsonObject;
import dev.posthouse.ymp.packet.JsonValue.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * SHA-256 of a JSON value. What is hashed says of each value its kind and its length, so that no
 * two values are written alike: equal hashes are equal values, and the other way round (YMP,
 * section 6).
 */
final class ContentHash {

    /** Messages are short. */
    private static final int USUAL = 1024;

    private static final int HEAD = 1 + Integer.BYTES;

    private byte[] written = new byte[USUAL];
    private int length;

    private ContentHash() {}

    /** In hexadecimal. */
    static String of(JsonValue value) {
        ContentHash hash = new ContentHash();
        hash.write(value);
        MessageDigest digest = sha256();
        digest.update(hash.written, 0, hash.length);
        return HexFormat.of().formatHex(digest.digest());
    }

    private void write(JsonValue value) {
        switch (value) {
            case JsonText(String text) -> write('s', text);
            case JsonNumber number -> write('n', number.digits() + 'e' + number.exponent());
            case JsonLiteral literal -> write('l', literal.name());
            case JsonArray array -> {
                head('a', array.elements().size());
                for (JsonValue element : array.elements()) {
                    write(element);
                }
            }
            case JsonObject object -> {
                head('o', object.members().size());
                for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                    write('k', member.getKey());
                    write(member.getValue());
                }
            }
        }
    }

    private void write(char kind, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        head(kind, octets.length);
        makeRoomFor(octets.length);
        System.arraycopy(octets, 0, written, length, octets.length);
        length += octets.length;
    }

    private void head(char kind, int size) {
        makeRoomFor(HEAD);
        written[length++] = (byte) kind;
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            written[length++] = (byte) (size >>> shift);
        }
    }

    private void makeRoomFor(int more) {
        if (length + more > written.length) {
            written = Arrays.copyOf(written, Math.max(length + more, 2 * written.length));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
