package dev.posthouse.ymp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes are kept for a week, by other versions of the service too: they stay as they are. */
final class ContentHashTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(written);

    private ContentHashTest head(char kind, int size) throws IOException {
        out.writeByte(kind);
        out.writeInt(size);
        return this;
    }

    private ContentHashTest text(char kind, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        head(kind, octets.length);
        out.write(octets);
        return this;
    }

    private String hash() throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(written.toByteArray()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 956, 957, 958, 1_000, 5_000, 300_000})
    void isOfEachKindAndLengthAndWhatFollows(int length) throws Exception {
        String text = "ü" + "x".repeat(length);
        JsonValue value =
                JsonValues.read("{\"b\": [12.50, \"%s\", null, {}], \"a\": true}".formatted(text));

        head('o', 2).text('k', "a").text('l', "TRUE").text('k', "b").head('a', 4);
        text('n', "125e-1").text('s', text).text('l', "NULL").head('o', 0);

        assertThat(ContentHash.of(value)).isEqualTo(hash());
    }
}
