package dev.posthouse.relay.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PoHTTP, section 8: the address of the sending gateway. */
class SentByTest {

    @ParameterizedTest
    @CsvSource({
        "X-Relaynet-Gateway, rng+http://gateway.example",
        "X-Relaynet-Relay, rng+https://gateway.example:8443/path",
        "X-Awala-Gateway, https://gateway.example"
    })
    void readsTheHeaderByAnyOfItsNames(String name, String value) {
        assertThat(SentBy.read(Map.of(name, value)::get)).hasValue(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gateway.example", "https://ä.example", "a b:c", "/path", "x:%zz"})
    void takesNothingElse(String value) {
        assertThat(SentBy.read(Map.of("X-Relaynet-Gateway", value)::get)).isEmpty();
    }

    @Test
    void takesAsManyCharactersAsAUriMayHave() {
        String longest = "rng+http://" + "x".repeat(1024 - 11);

        assertThat(SentBy.read(Map.of("X-Relaynet-Gateway", longest)::get)).hasValue(longest);
        assertThat(SentBy.read(Map.of("X-Relaynet-Gateway", longest + "x")::get)).isEmpty();
    }
}
