package dev.posthouse.client.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
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
}
