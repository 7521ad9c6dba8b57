package dev.posthouse.common.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://peer.example, https://peer.example/",
        "HTTPS://Peer.Example:443/, https://peer.example/",
        "https://peer.example:8443/a/b?c=d, https://peer.example:8443/a/b?c=d",
        "https://peer.example?c, https://peer.example/?c",
        "https://127.0.0.1:8443/, https://127.0.0.1:8443/",
        "'https://[::1]:8443/', 'https://[::1]:8443/'",
        "http://localhost/x, http://localhost:80/x",
        "http://localhost:443/, http://localhost:443/",
        "'http://[::1]', 'http://[::1]:80/'"
    })
    void readsAUrl(String text, String same) {
        assertThat(CallUrl.parse(text).text()).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "peer.example",
                "//peer.example/",
                "/path",
                "ftp://peer.example/",
                "https:/peer.example",
                "https:peer.example",
                "https://",
                "https:///path",
                "https://ada@peer.example/",
                "https://peer.example@other.example/",
                "https://peer.example\\@other.example/",
                "https://peer.example/#fragment",
                "https://peer.example:0/",
                "https://peer.example:99999/",
                "https://peer.example:/",
                "https://127.1/",
                "https://0x7f.1/",
                "https://peer.example/a b",
                "https://peer.example/a\r\nHost: b",
                " https://peer.example/"
            })
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CallUrl.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "https://other.example/x, https://other.example/x",
        "/elsewhere, https://peer.example:8443/elsewhere",
        "further?c=d, https://peer.example:8443/a/further?c=d",
        "'', https://peer.example:8443/a/b",
        "?c=d, https://peer.example:8443/a/b?c=d",
        "../x, https://peer.example:8443/x",
        "//other.example/x, https://other.example/x",
        "' https://other.example/ ', https://other.example/",
        "https://other.example/x#there, https://other.example/x",
        "http://localhost:8080/, http://localhost:8080/"
    })
    void followsALocation(String location, String target) {
        assertThat(CallUrl.parse("https://peer.example:8443/a/b").follow(location))
                .hasValueSatisfying(url -> assertThat(url.text()).isEqualTo(target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://other.example/",
                "https://a.example/, https://b.example/",
                "https:opaque",
                "https://ada@other.example/",
                "https://other.example:99999/",
                "%",
                "javascript:alert(1)"
            })
    void followsNothingElse(String location) {
        assertThat(CallUrl.parse("https://peer.example/").follow(location)).isEmpty();
    }

    @Test
    void keepsPlainHttpForRelativeLocations() {
        assertThat(CallUrl.parse("http://localhost:8080/a").follow("/b"))
                .hasValueSatisfying(url -> assertThat(url.speech()).isEqualTo(Speech.PLAIN));
    }
}
