package dev.posthouse.ymp.packet;

import dev.posthouse.ymp.packet.JsonValue.JsonArray;
import dev.posthouse.ymp.packet.JsonValue.JsonLiteral;
import dev.posthouse.ymp.packet.JsonValue.JsonNumber;
import dev.posthouse.ymp.packet.JsonValue.JsonObject;
import dev.posthouse.ymp.packet.JsonValue.JsonText;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * SHA-256 of a JSON value. What is hashed says of each value its kind and its length, so that no
 * two values are written alike: equal hashes are equal values, and the other way round (YMP,
 * section 6).
 */
final class ContentHash {

    /** Messages are short. */
    private static final int BUFFER = 512;

    private ContentHash() {}

    /** In hexadecimal. */
    static String of(JsonValue value) {
        MessageDigest digest = sha256();
        OutputStream hashed = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(hashed, BUFFER))) {
            write(value, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void write(JsonValue value, DataOutputStream out) throws IOException {
        switch (value) {
            case JsonText(String text) -> write('s', text, out);
            case JsonNumber number -> write('n', number.digits() + 'e' + number.exponent(), out);
            case JsonLiteral literal -> write('l', literal.name(), out);
            case JsonArray array -> {
                out.writeByte('a');
                out.writeInt(array.elements().size());
                for (JsonValue element : array.elements()) {
                    write(element, out);
                }
            }
            case JsonObject object -> {
                out.writeByte('o');
                out.writeInt(object.members().size());
                for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                    write('k', member.getKey(), out);
                    write(member.getValue(), out);
                }
            }
        }
    }

    private static void write(char kind, String text, DataOutputStream out) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(kind);
        out.writeInt(octets.length);
        out.write(octets);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
