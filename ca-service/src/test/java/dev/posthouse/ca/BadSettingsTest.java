package dev.posthouse.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.accessurl.AccessKeys;
import dev.posthouse.common.setting.BadSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the beans of the start refuse, naming the setting; those of the issuer stand in {@code
 * SigningKeysTest}, those of the profile in {@code CertificateProfileTest}.
 */
final class BadSettingsTest {

    private final CaBeans beans = new CaBeans();

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "{\"keys\":[]}"})
    void namesAKeyFileWithoutKeys(String text, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("keys.jwks"), text);

        assertThatThrownBy(() -> keys(Map.of("ca.access-keys", file.toString())))
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith("ca.access-keys: ");
    }

    @Test
    void namesAMissingKeyFile() {
        assertThatThrownBy(() -> keys(Map.of()))
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith("ca.access-keys: ");
    }

    private AccessKeys keys(Map<String, String> settings) {
        return beans.accessKeys(TestSettings.with(settings), Clock.systemUTC());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://repository.example",
                "https:///x",
                "repository.example",
                "https://x?y"
            })
    void namesAPublicUrlThatIsNotHttps(String url) {
        CaConfig settings = TestSettings.with(Map.of("ca.repository-url", url));

        assertThatThrownBy(() -> beans.accessUrlVerifier(settings, null, Clock.systemUTC()))
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith("ca.repository-url: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.1/8", "proxy.example"})
    void namesARangeThatIsNone(String range) {
        CaConfig settings = TestSettings.with(Map.of("ca.trusted-proxies", range));

        assertThatThrownBy(() -> CaDoors.observed(settings))
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith("ca.trusted-proxies: ");
    }

    @ParameterizedTest
    @CsvSource({
        "ca.profile.lifetime, soon",
        "ca.csr.extensions, copy",
        "ca.worker.batch, many",
        "ca.forwarded-header, via"
    })
    void namesAValueOfTheWrongKind(String name, String value) {
        assertThatThrownBy(() -> TestSettings.with(Map.of(name, value))).hasMessageContaining(name);
    }

    @Test
    void namesALeadTimeThatCannotBe() {
        CaConfig settings = TestSettings.with(Map.of("ca.lead.min", "10s", "ca.lead.max", "5s"));

        assertThatThrownBy(() -> beans.leadTime(settings, Clock.systemUTC()))
                .isInstanceOf(BadSetting.class)
                .hasMessage("ca.lead.max: must be at least 10, not 5");
    }

    @Test
    void takesGoodOnes() {
        CaConfig settings =
                TestSettings.with(Map.of("ca.trusted-proxies", "10.0.0.0/8,2001:db8::/32"));

        assertThat(CaDoors.observed(settings).field()).isEqualTo("Forwarded");
    }
}
