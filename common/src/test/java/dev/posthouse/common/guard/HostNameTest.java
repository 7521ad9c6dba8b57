package dev.posthouse.common.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.posthouse.common.net.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YMP, section 1. */
final class HostNameTest {

    private static final String LABEL = "a".repeat(63);
    private static final String LONGEST = String.join(".", LABEL, LABEL, LABEL, "a".repeat(61));

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, 443, example.com",
        "example.com:443, example.com, 443, example.com",
        "example.com:8443, example.com, 8443, example.com:8443",
        "example.com:1, example.com, 1, example.com:1",
        "example.com:9, example.com, 9, example.com:9",
        "example.com:10, example.com, 10, example.com:10",
        "example.com:65535, example.com, 65535, example.com:65535",
        "EXAMPLE.Com, example.com, 443, example.com",
        "AZaz09.example:443, azaz09.example, 443, azaz09.example",
        "example, example, 443, example",
        "a, a, 443, a",
        "xn--bcher-kva.example, xn--bcher-kva.example, 443, xn--bcher-kva.example",
        "r3---sn-x.example, r3---sn-x.example, 443, r3---sn-x.example",
        "1.example, 1.example, 443, 1.example",
        "0x7f.example, 0x7f.example, 443, 0x7f.example",
        "127.0.0.1.example, 127.0.0.1.example, 443, 127.0.0.1.example",
        "1a, 1a, 443, 1a",
        "a1, a1, 443, a1",
        "127.0.0.1a, 127.0.0.1a, 443, 127.0.0.1a",
        "example.1e3, example.1e3, 443, example.1e3",
        "example.00x1, example.00x1, 443, example.00x1",
        "dead.beef, dead.beef, 443, dead.beef",
        "localhost, localhost, 443, localhost",
        "127.0.0.1, 127.0.0.1, 443, 127.0.0.1",
        "127.0.0.1:8443, 127.0.0.1, 8443, 127.0.0.1:8443",
        "[::1], [::1], 443, [::1]",
        "[::1]:443, [::1], 443, [::1]",
        "[::1]:8443, [::1], 8443, [::1]:8443",
        "[FD00::7]:8443, [fd00::7], 8443, [fd00::7]:8443"
    })
    void readsAHost(String text, String host, int port, String normal) {
        HostName name = HostName.parse(text);

        assertThat(name).isEqualTo(new HostName(host, port)).hasToString(normal);
        assertThat(name.host()).isEqualTo(host);
        assertThat(name.port()).isEqualTo(port);
        assertThat(HostName.parse(name.text())).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("dev.posthouse.testing.TrickyHosts#unreadable")
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostName.parse(text))
                .withMessage("This is not a host name.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.com:443", "127.1", "::1", "a_b", "example.com.", "a b"})
    void refusesAPartThatIsNone(String host) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HostName(host, 443));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65536, Integer.MAX_VALUE})
    void refusesAPortThatIsNone(int port) {
        assertThatIllegalArgumentException().isThrownBy(() -> new HostName("example.com", port));
    }

    @Test
    void makesLettersSmallHoweverItIsMade() {
        assertThat(new HostName("Example.COM", 443)).isEqualTo(HostName.parse("example.com"));
        assertThat(HostName.parse("example.com")).isNotEqualTo(HostName.parse("example.com:8443"));
    }

    @Test
    void takesLabelsAndNamesUpToTheirLimits() {
        assertThat(HostName.parse(LABEL).host()).hasSize(63);
        assertThat(HostName.parse(LONGEST).host()).hasSize(253);
        assertThat(HostName.parse(LONGEST + ":443").host()).hasSize(253);
        assertThat(HostName.parse(LONGEST + ":1").text()).hasSize(255);
        assertThat(HostName.parse(LONGEST.substring(3) + ":8443").text()).hasSize(255);
    }

    @Test
    void refusesOneCharacterMore() {
        assertThatIllegalArgumentException().isThrownBy(() -> HostName.parse(LABEL + "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> HostName.parse(LONGEST + "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> HostName.parse(LONGEST + ":10"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostName.parse(LONGEST.substring(2) + ":8443"));
    }

    @Test
    void knowsAddressesFromNames() {
        assertThat(HostName.parse("127.0.0.1:8443").literal())
                .contains(IpAddress.parse("127.0.0.1"));
        assertThat(HostName.parse("[FD00::7]").literal()).contains(IpAddress.parse("fd00::7"));
        assertThat(HostName.parse("localhost").literal()).isEmpty();
        assertThat(HostName.parse("dead.beef").literal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST:8443, true",
        "a.localhost, true",
        "notlocalhost, false",
        "localhost.example, false",
        "localhost-a, false"
    })
    void knowsTheMachineItself(String text, boolean localhost) {
        assertThat(HostName.parse(text).isLocalhost()).isEqualTo(localhost);
    }
}
