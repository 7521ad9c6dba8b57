package dev.posthouse.repository;

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

/** What the beans of the start refuse, naming the setting. */
class BadSettingsTest {

    private final RepositoryBeans beans = new RepositoryBeans();

    @Test
    void namesAMissingKeyFile() {
        assertThatThrownBy(() -> keys(Map.of()))
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith("repository.access-keys: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "{\"keys\":[]}",
                "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"x\",\"k\":\"AA\"}]}"
            })
    void namesAKeyFileWithoutKeys(String text, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("keys.jwks"), text);

        assertThatThrownBy(() -> keys(Map.of("repository.access-keys", file.toString())))
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith("repository.access-keys: ");
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
        RepositoryConfig settings = TestSettings.with(Map.of("repository.public-url", url));

        assertThatThrownBy(() -> beans.accessUrlVerifier(settings, null, Clock.systemUTC()))
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith("repository.public-url: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.1/8", "proxy.example", "10.0.0.1,"})
    void namesARangeThatIsNone(String ranges) {
        RepositoryConfig settings =
                TestSettings.with(Map.of("repository.trusted-proxies", ranges + ",x"));

        assertThatThrownBy(() -> RepositoryDoors.observed(settings))
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith("repository.trusted-proxies: ");
    }

    @ParameterizedTest
    @CsvSource({
        "repository.hold, soon",
        "repository.mode, twice",
        "repository.client-address-check, no",
        "repository.hold-limit, many",
        "repository.forwarded-header, via"
    })
    void namesAValueOfTheWrongKind(String name, String value) {
        assertThatThrownBy(() -> TestSettings.with(Map.of(name, value))).hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({
        "repository.body-timeout, 0s",
        "repository.hold, -1s",
        "repository.hold-limit, -1",
        "repository.prefix.ipv4, -1",
        "repository.prefix.ipv4, 33",
        "repository.prefix.ipv6, -1",
        "repository.prefix.ipv6, 129",
        "repository.limits.collections-per-access-url, -1",
        "repository.limits.requests-per-address, -1"
    })
    void namesANumberOutOfItsBounds(String name, String value) {
        RepositoryConfig settings = TestSettings.with(Map.of(name, value));

        assertThatThrownBy(() -> Bounds.check(settings))
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith(name + ": ");
    }

    @Test
    void takesGoodOnes() {
        RepositoryConfig settings =
                TestSettings.with(
                        Map.of("repository.trusted-proxies", "10.0.0.0/8,2001:db8::/32,192.0.2.1"));

        Bounds.check(settings);

        assertThat(RepositoryDoors.observed(settings).field()).isEqualTo("Forwarded");
    }

    private AccessKeys keys(Map<String, String> settings) {
        return beans.accessKeys(TestSettings.with(settings), Clock.systemUTC());
    }
}
