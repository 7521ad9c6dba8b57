package dev.posthouse.client.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs are called at all. */
class ServerUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://relay.example",
                "HTTPS://relay.example:8444/in?x=1",
                "http://127.0.0.1:8080/",
                "http://[::1]/",
                "http://localhost"
            })
    void takesHttpsAndPlainHttpOnThisMachine(String text) {
        assertThat(ServerUrl.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://relay.example/",
                "http://relay_1/",
                "https://relay_1/",
                "http:relay",
                "http:///relay",
                "//localhost/",
                "relay.example",
                "https://user@relay.example/",
                "https://relay.example/#part",
                "https://relay example/"
            })
    void refusesEverythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ServerUrl.parse(text));
    }

    private static URI redirected(String from, String location) {
        return ServerUrl.redirect(URI.create(from), location);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/, /in, https://a.example/in",
        "https://a.example/, https://b.example/, https://b.example/",
        "https://127.0.0.1:1/, https://localhost:2/, https://localhost:2/",
        "http://localhost:1/, http://127.0.0.1:2/, http://127.0.0.1:2/",
        "http://localhost:1/, https://a.example/, https://a.example/"
    })
    void isSentElsewhere(String from, String location, String target) {
        assertThat(redirected(from, location)).hasToString(target);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/, http://b.example/",
        "https://a.example/, http://localhost/",
        "https://a.example/, http://127.0.0.1:8080/",
        "https://127.0.0.1:1/, http://127.0.0.1:2/",
        "https://a.example/, https://localhost/",
        "https://a.example/, https://LOCALHOST:8444/",
        "https://a.example/, https://x.localhost./",
        "https://a.example/, https://127.1.2.3/",
        "https://a.example/, https://[::1]/",
        "https://a.example/, https://[::ffff:127.0.0.1]/",
        "https://a.example/, https://0.0.0.0/",
        "https://a.example/, none:"
    })
    void isNotSentToPlainHttpOrFromElsewhereToThisMachine(String from, String location) {
        assertThatIllegalArgumentException().isThrownBy(() -> redirected(from, location));
    }
}
