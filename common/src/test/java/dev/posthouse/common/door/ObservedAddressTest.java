package dev.posthouse.common.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.net.Cidr;
import dev.posthouse.common.net.IpAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 6: trusted hops are walked from the right. */
final class ObservedAddressTest {

    private static final String PROXY = "10.0.0.1";

    private static String observed(ObservedAddress.Header header, String peer, String... fields) {
        List<Cidr> trusted = List.of(Cidr.parse("10.0.0.0/24"), Cidr.parse("fd00::/64"));
        return new ObservedAddress(trusted, header)
                .of(IpAddress.parse(peer), Arrays.asList(fields))
                .text();
    }

    private static String forwarded(String peer, String... fields) {
        return observed(ObservedAddress.Header.FORWARDED, peer, fields);
    }

    private static String xForwardedFor(String peer, String... fields) {
        return observed(ObservedAddress.Header.X_FORWARDED_FOR, peer, fields);
    }

    @Test
    void isThePeerWhenThePeerIsNotTrusted() {
        assertThat(forwarded("192.0.2.9", "for=198.51.100.1")).isEqualTo("192.0.2.9");
        assertThat(forwarded("192.0.2.9", "garbage")).isEqualTo("192.0.2.9");
        assertThat(xForwardedFor("192.0.2.9", "198.51.100.1")).isEqualTo("192.0.2.9");
    }

    @Test
    void isTheTrustedPeerWhenItTellsNothing() {
        assertThat(forwarded(PROXY)).isEqualTo(PROXY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=192.0.2.1                                          | 192.0.2.1",
                "FOR=192.0.2.1                                          | 192.0.2.1",
                "for=\"192.0.2.1\"                                      | 192.0.2.1",
                "for=\"192.0.2.1:8080\"                                 | 192.0.2.1",
                "for=\"[2001:DB8::1]\"                                  | 2001:db8::1",
                "for=\"[2001:db8::1]:4711\"                             | 2001:db8::1",
                "for=\"[::ffff:192.0.2.1]\"                             | 192.0.2.1",
                "for=\"1\\92.0.2.1\"                                    | 192.0.2.1",
                "proto=https; for=192.0.2.1 ;by=10.0.0.1                | 192.0.2.1",
                "for=192.0.2.1;host=\"a, for=6.6.6.6\"                  | 192.0.2.1",
                "for=192.0.2.1;host=\"a;\\\"for=6.6.6.6\"               | 192.0.2.1",
                "for=6.6.6.6, for=192.0.2.1                             | 192.0.2.1",
                "for=6.6.6.6, for=192.0.2.1, for=10.0.0.7               | 192.0.2.1",
                "for=6.6.6.6, for=192.0.2.1, for=\"[fd00::5]\", for=10.0.0.9 | 192.0.2.1",
                "for=_hidden, for=192.0.2.1                             | 192.0.2.1",
                "for=10.0.0.7, for=10.0.0.8                             | 10.0.0.7",
            })
    void readsForwarded(String field, String client) {
        assertThat(forwarded(PROXY, field)).isEqualTo(client);
    }

    @Test
    void readsSeveralLinesAsOneListInTheirOrder() {
        assertThat(forwarded(PROXY, "for=6.6.6.6", "for=192.0.2.1, for=10.0.0.2"))
                .isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "for=",
                "for=unknown",
                "for=_hidden",
                "for=\"_SEVKISEK:4711\"",
                "for=192.0.2.1:80",
                "for=[2001:db8::1]",
                "for=\"2001:db8::1\"",
                "for=\"[2001:db8::1%eth0]\"",
                "for=\"[2001:db8::1\"",
                "for=\"192.0.2.1:\"",
                "for=\"192.0.2.1:123456\"",
                "for=192.0.2",
                "for=192.0.2.01",
                "for=192.0.2.256",
                "for=localhost",
                "for=\"192.0.2.1",
                "for=\"192.0.2.1\"x",
                "for=192.0.2.1;for=192.0.2.2",
                "by=192.0.2.1",
                "192.0.2.1",
                "for =192.0.2.1",
                "for=192.0.2.1;",
                "for=192.0.2.1,",
            })
    void stopsAtAnEntryThatIsNoAddress(String field) {
        assertThatThrownBy(() -> forwarded(PROXY, field))
                .isInstanceOf(ObservedAddress.Unparsable.class);
        assertThatThrownBy(() -> forwarded(PROXY, "for=192.0.2.1", field))
                .isInstanceOf(ObservedAddress.Unparsable.class);
    }

    @Test
    void cannotBeTrickedByAQuoteThatIsLeftOpen() {
        assertThatThrownBy(() -> forwarded(PROXY, "for=6.6.6.6;a=\", for=192.0.2.1"))
                .isInstanceOf(ObservedAddress.Unparsable.class);
        assertThatThrownBy(() -> forwarded(PROXY, "for=6.6.6.6;a=\", for=\"[2001:db8::1]\""))
                .isInstanceOf(ObservedAddress.Unparsable.class);
        // An open quote ends with its line: the trusted hop's own line is read by itself.
        assertThat(forwarded(PROXY, "for=6.6.6.6;a=\"", "for=192.0.2.1")).isEqualTo("192.0.2.1");
    }

    @Test
    void doesNotLookPastTheFirstUntrustedEntry() {
        assertThat(forwarded(PROXY, "nonsense , for=192.0.2.1")).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1                              | 192.0.2.1",
                "6.6.6.6, 192.0.2.1                     | 192.0.2.1",
                "6.6.6.6,192.0.2.1 ,10.0.0.3            | 192.0.2.1",
                "2001:db8::1                            | 2001:db8::1",
                "[2001:db8::1]:443                      | 2001:db8::1",
                "192.0.2.1:443                          | 192.0.2.1",
                "::ffff:10.0.0.3                        | 10.0.0.3",
            })
    void readsXForwardedFor(String field, String client) {
        assertThat(xForwardedFor(PROXY, field)).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "for=192.0.2.1",
                "\"192.0.2.1\"",
                "192.0.2.1,",
                "1.2.3",
                "fe80::1%1"
            })
    void stopsAtAnUnreadableXForwardedFor(String field) {
        assertThatThrownBy(() -> xForwardedFor(PROXY, field))
                .isInstanceOf(ObservedAddress.Unparsable.class);
    }

    @Test
    void knowsTheNameOfTheOneFieldItReads() {
        assertThat(new ObservedAddress(List.of(), ObservedAddress.Header.X_FORWARDED_FOR).field())
                .isEqualTo("X-Forwarded-For");
    }
}
