package dev.posthouse.ymp.asking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.ymp.TestSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens at rest (YMP, section 4). */
class TokenSealTest {

    private static final HostName HOST = HostName.parse("b.example");

    @TempDir Path directory;

    @Test
    void opensWhatItHasClosed() throws IOException {
        TokenSeal seal = seal(key('a'));

        assertThat(seal.open(seal.close("a-token", HOST), HOST)).contains("a-token");
    }

    @Test
    void opensItAfterARestart() throws IOException {
        byte[] sealed = seal(key('a')).close("a-token", HOST);

        assertThat(seal(key('a') + "\n").open(sealed, HOST)).contains("a-token");
    }

    @Test
    void showsNothingAndNeverTheSame() throws IOException {
        TokenSeal seal = seal(key('a'));
        byte[] one = seal.close("a-token", HOST);

        assertThat(new String(one, StandardCharsets.ISO_8859_1)).doesNotContain("token");
        assertThat(seal.close("a-token", HOST)).isNotEqualTo(one);
    }

    @Test
    void opensNothingUnderAnotherKeyOrForAnotherHost() throws IOException {
        byte[] sealed = seal(key('a')).close("a-token", HOST);

        assertThat(seal(key('b')).open(sealed, HOST)).isEmpty();
        assertThat(seal(key('a')).open(sealed, HostName.parse("c.example"))).isEmpty();
    }

    @Test
    void opensNothingThatWasChanged() throws IOException {
        TokenSeal seal = seal(key('a'));
        for (int at = 0; at < seal.close("a-token", HOST).length; at++) {
            byte[] sealed = seal.close("a-token", HOST);
            sealed[at] ^= 1;
            assertThat(seal.open(sealed, HOST)).as("octet %d", at).isEmpty();
        }
        assertThat(seal.open(new byte[0], HOST)).isEmpty();
        assertThat(seal.open(new byte[27], HOST)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SECRETS",
                "SECRET!",
                "U0VDUkVU",
                "SECRETSECRETSECRETSECRETSECRETSECRETSECRET!="
            })
    void refusesAFileThatHoldsNoKeyNamingTheSettingAndNotTheKey(String content) {
        assertThatThrownBy(() -> seal(content))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("ymp.held-token-key")
                .message()
                .doesNotContain("SECRET");
    }

    @Test
    void refusesAMissingFileNamingTheSetting() {
        assertThatThrownBy(() -> new TokenSeal(TestSettings.with(Map.of())))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("ymp.held-token-key");
    }

    private static String key(char of) {
        byte[] octets = String.valueOf(of).repeat(32).getBytes(StandardCharsets.US_ASCII);
        return Base64.getEncoder().encodeToString(octets);
    }

    private TokenSeal seal(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("held-token.key"), content);
        return new TokenSeal(TestSettings.with(Map.of("ymp.held-token-key", file.toString())));
    }
}
