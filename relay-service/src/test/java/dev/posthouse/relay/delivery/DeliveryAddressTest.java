package dev.posthouse.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.call.CallUrl;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PoHTTP, section 9, where to: the forms of every year. */
final class DeliveryAddressTest {

    @ParameterizedTest
    @CsvSource({
        // 2019: the hint names the binding, and TLS is meant.
        "rne+http://peer.example, https://peer.example/",
        "rng+http://peer.example, https://peer.example/",
        "rng+http://peer.example:8443, https://peer.example:8443/",
        "rng+http://peer.example:80/in, https://peer.example:80/in",
        "rne+http://peer.example/a/b?c=d, https://peer.example/a/b?c=d",
        "RNG+HTTP://Peer.Example, https://peer.example/",
        // Three days of 2020.
        "rne+https://peer.example:8443/in, https://peer.example:8443/in",
        "rng+https://peer.example, https://peer.example/",
        // 2020 to 2022.
        "https://peer.example, https://peer.example/",
        "https://peer.example/in, https://peer.example/in",
        "HTTPS://peer.example:443/, https://peer.example/",
        // Since 2022.
        "peer.example, https://peer.example/",
        "Peer.Example, https://peer.example/",
        "localhost, https://localhost/",
        "127.0.0.1, https://127.0.0.1/",
        // Listed or not is the guard's to say.
        "https://127.0.0.1:8443, https://127.0.0.1:8443/",
        "'rng+http://[::1]:8443', 'https://[::1]:8443/'"
    })
    void leadsSomewhere(String address, String url) {
        assertThat(DeliveryAddress.read(address).map(CallUrl::text)).hasValue(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                // No hint, and nothing to look it up in.
                "rne://peer.example",
                "rng://peer.example",
                "rne:peer.example",
                // Never in the clear.
                "http://peer.example",
                "http://localhost:8080/",
                "rnx+http://peer.example",
                "rng+ftp://peer.example",
                "rng+http:peer.example",
                "ftp://peer.example",
                "peer.example/path",
                "peer.example:8443",
                "https://",
                "rng+http://",
                "rng+http://ada@peer.example",
                "https://peer.example/#there",
                "peer example",
                "peer_example",
                "127.1",
                "peer.example\r\nHost: other.example",
                "https://peer.example/\r\nX: y"
            })
    void leadsNowhere(String address) {
        assertThat(DeliveryAddress.read(address)).isEmpty();
    }

    @Test
    void makesSomethingOfEverything() {
        Random random = new Random(9);
        String[] parts = {
            "rng+", "rne+", "http", "https", "://", "a.b", ":", "80", "/", "?", "#", "@", "[", "]",
            "::1", "%", " ", "\n", "\0", "ü", "0x7f.1"
        };
        for (int i = 0; i < 50_000; i++) {
            StringBuilder address = new StringBuilder();
            for (int n = random.nextInt(8); n > 0; n--) {
                address.append(parts[random.nextInt(parts.length)]);
            }
            assertThat(
                            DeliveryAddress.read(address.toString())
                                    .map(CallUrl::text)
                                    .orElse("https://"))
                    .startsWith("https://");
        }
    }
}
