package dev.posthouse.proxy.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.proxy.ProxyException.WanUnknown;
import dev.posthouse.proxy.ProxySettings;
import dev.posthouse.testing.FakeClock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 6: the outside address, fixed or learned from the CA. */
final class WanAddressTest {

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T10:00:00Z"));
    private Optional<IpAddress> seenByCa = Optional.empty();
    private Set<InetAddress> ownAddresses = Set.of(InetAddress.ofLiteral("192.168.1.1"));
    private int asked;

    private WanAddress wan(String... settings) {
        return new WanAddress(
                ProxySettings.of(settings),
                () -> {
                    asked++;
                    return seenByCa;
                },
                () -> ownAddresses,
                clock);
    }

    private void caSees(String address) {
        seenByCa = Optional.of(IpAddress.parse(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "8.8.8.8", "2001:db8::1", "10.0.0.1"})
    void isFixedByASettingAndNobodyIsAsked(String address) {
        WanAddress wan = wan("proxy.wan-address", address);
        wan.refresh();

        assertThat(wan.current().text()).isEqualTo(address);
        assertThat(asked).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "0.0.0.0", "224.0.0.1", "127.0.0.1", "fe80::1", "::", "1.2.3"})
    void cannotBeFixedToWhatIsNoUnicastAddress(String address) {
        assertThatThrownBy(() -> wan("proxy.wan-address", address))
                .hasMessageStartingWith("proxy.wan-address: ");
    }

    @Test
    void mayBeFixedToLoopbackWhereThatIsAllowed() {
        WanAddress wan =
                wan("proxy.wan-address", "127.0.0.1", "proxy.addresses.allow-loopback", "true");

        assertThat(wan.current().text()).isEqualTo("127.0.0.1");
    }

    @Test
    void isUnknownUntilTheCaHasBeenAsked() {
        WanAddress wan = wan();
        assertThatThrownBy(wan::current).isInstanceOf(WanUnknown.class);
        caSees("8.8.8.8");

        wan.refresh();

        assertThat(wan.current().text()).isEqualTo("8.8.8.8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.1.1", "203.0.113.7", "127.0.0.1", "fd00::1"})
    void isNotLearnedFromACaInTheSameNetwork(String address) {
        caSees(address);
        WanAddress wan = wan();

        wan.refresh();

        assertThatThrownBy(wan::current).isInstanceOf(WanUnknown.class);
    }

    @Test
    void isAskedForAgainAfterFiveMinutes() {
        caSees("8.8.8.8");
        WanAddress wan = wan();
        wan.refresh();
        caSees("9.9.9.9");

        clock.advance(Duration.ofMinutes(5));
        wan.refresh();
        assertThat(wan.current().text()).isEqualTo("8.8.8.8");

        clock.advance(Duration.ofSeconds(1));
        wan.refresh();
        assertThat(wan.current().text()).isEqualTo("9.9.9.9");
    }

    @Test
    void isAskedForAgainWhenTheNetworkChanges() {
        caSees("8.8.8.8");
        WanAddress wan = wan();
        wan.refresh();
        caSees("9.9.9.9");

        ownAddresses = Set.of(InetAddress.ofLiteral("192.168.2.1"));
        wan.refresh();

        assertThat(wan.current().text()).isEqualTo("9.9.9.9");
    }

    @Test
    void staysWhileTheCaCannotBeAskedAndIsTriedAtEveryTick() {
        caSees("8.8.8.8");
        WanAddress wan = wan();
        wan.refresh();
        seenByCa = Optional.empty();

        clock.advance(Duration.ofHours(1));
        wan.refresh();
        wan.refresh();

        assertThat(wan.current().text()).isEqualTo("8.8.8.8");
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void isForgottenWhenTheCaSaysThatItIsNoLongerOutside() {
        caSees("8.8.8.8");
        WanAddress wan = wan();
        wan.refresh();
        caSees("10.0.0.1");

        clock.advance(Duration.ofMinutes(6));
        wan.refresh();

        assertThatThrownBy(wan::current).isInstanceOf(WanUnknown.class);
    }

    @Test
    void isNotLearnedInModeWan() {
        caSees("8.8.8.8");
        WanAddress wan = wan("proxy.mode", "wan");

        wan.refresh();

        assertThat(asked).isZero();
    }
}
