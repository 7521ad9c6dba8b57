package dev.posthouse.ca.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.net.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IssuerConstraintsTest {

    private static final IssuerConstraints PRIVATE =
            TestIssuer.p256()
                    .permitting("10.0.0.0/8", "192.168.0.0/16", "fd00::/8")
                    .excluding("10.1.0.0/16")
                    .named("devices.example")
                    .build()
                    .issuer()
                    .constraints();

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0, true",
        "10.255.255.255, true",
        "11.0.0.0, false",
        "9.255.255.255, false",
        "10.1.0.1, false",
        "192.168.0.1, true",
        "172.16.0.1, false",
        "203.0.113.7, false",
        "fd00::1, true",
        "fe00::1, false",
        "2001:db8::1, false"
    })
    void permitsItsRangesWithoutWhatIsExcluded(String address, boolean permitted) {
        assertThat(PRIVATE.permit(IpAddress.parse(address))).isEqualTo(permitted);
    }

    @ParameterizedTest
    @CsvSource({
        "a.devices.example, true",
        "devices.example, true",
        "a.b.devices.example, true",
        "xdevices.example, false",
        "devices.example.org, false",
        "example, false"
    })
    void permitsNamesOfItsDomain(String name, boolean permitted) {
        assertThat(PRIVATE.permitDns(name)).isEqualTo(permitted);
    }

    @Test
    void permitsNoIpv6WhenOnlyIpv4IsNamed() {
        IssuerConstraints ipv4 =
                TestIssuer.p256().permitting("0.0.0.0/0").build().issuer().constraints();

        assertThat(ipv4.permit(IpAddress.parse("198.51.100.1"))).isTrue();
        assertThat(ipv4.permit(IpAddress.parse("2001:db8::1"))).isFalse();
        assertThat(ipv4.constrainDns()).isFalse();
    }

    @Test
    void permitsEverythingWhenEveryAddressIsNamed() {
        IssuerConstraints all =
                TestIssuer.p256().permitting("0.0.0.0/0", "::/0").build().issuer().constraints();

        assertThat(all.permit(IpAddress.parse("198.51.100.1"))).isTrue();
        assertThat(all.permit(IpAddress.parse("2001:db8::1"))).isTrue();
    }

    @Test
    void permitsEverythingWithoutConstraints() {
        IssuerConstraints none = TestIssuer.p256().build().issuer().constraints();

        assertThat(none.permit(IpAddress.parse("198.51.100.1"))).isTrue();
        assertThat(none.permitDns("example.org")).isTrue();
        assertThat(none.constrainDns()).isFalse();
    }
}
