package dev.posthouse.ymp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.ymp.TestSettings;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OurInformationTest {

    @Test
    void saysWhatIsConfigured() {
        String services =
                "[{\"name\":\"mail\",\"version\":\"1.0.0\",\"services\":[\"post\"],\"parameters\":{\"a\":1}}]";
        OurInformation ours =
                with(
                        Map.of(
                                "ymp.paths.request", "/y/r",
                                "ymp.paths.grant", "/y/g",
                                "ymp.paths.packet", "/y/p",
                                "ymp.service-protocols", services));

        JsonPath said = JsonPath.from(ours.document());
        assertThat(said.getString("ymp-version")).isEqualTo("0.1.0");
        assertThat(said.getString("service-protocols[0].name")).isEqualTo("mail");
        assertThat(said.getInt("service-protocols[0].parameters.a")).isEqualTo(1);
        assertThat(HostInformation.parse(ours.document().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new HostInformation("/y/r", "/y/g", "/y/p"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "[",
                "[] []",
                "[{\"name\": \"a b\", \"version\": \"1.0.0\", \"services\": []}]",
                "[{\"name\": \"a\", \"version\": \"1\", \"services\": []}]",
                "[{\"name\": \"a\", \"version\": \"1.0.0\"}]"
            })
    void refusesServiceProtocolsThatNobodyWouldRead(String setting) {
        assertThatThrownBy(() -> with(Map.of("ymp.service-protocols", setting)))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("ymp.service-protocols");
    }

    @Test
    void refusesPathsThatNobodyWouldCall() {
        assertThatThrownBy(() -> with(Map.of("ymp.paths.grant", "//evil.example")))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("ymp.paths");
    }

    private static OurInformation with(Map<String, String> settings) {
        return new OurInformation(TestSettings.with(settings));
    }
}
