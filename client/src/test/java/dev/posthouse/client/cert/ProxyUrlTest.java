package dev.posthouse.client.cert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://proxy.example, https://proxy.example/csr",
        "https://proxy.example/, https://proxy.example/csr",
        "https://192.168.0.1/csr, https://192.168.0.1/csr",
        "https://192.168.0.1:8441/csr/, https://192.168.0.1:8441/csr",
        "HTTPS://[fd00::1]:8441, https://[fd00::1]:8441/csr",
        "https://gate.example/proxy, https://gate.example/proxy/csr"
    })
    void theDoorIsFound(String url, String door) {
        assertThat(ProxyUrl.parse(url).door()).hasToString(door);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy.example",
                "http://proxy.example",
                "https:///csr",
                "ftp://proxy.example",
                "https://me@proxy.example",
                "https://proxy.example/?x",
                "https://proxy.example/#x",
                "https://proxy example",
                "https://"
            })
    void anythingElseIsRefused(String url) {
        assertThatThrownBy(() -> ProxyUrl.parse(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRefusalShowsAnExample() {
        assertThatThrownBy(() -> ProxyUrl.parse("proxy"))
                .hasMessageContaining("https://proxy.example:8441");
    }
}
