package dev.posthouse.proxy.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.proxy.ProxyConfig;
import dev.posthouse.proxy.ProxyException.AddressMismatch;
import dev.posthouse.proxy.ProxyException.AddressNotClaimable;
import dev.posthouse.proxy.ProxyException.WanNotGlobal;
import dev.posthouse.proxy.ProxyException.WanUnknown;
import dev.posthouse.proxy.ProxySettings;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 6: what goes into the certificate, in each mode. */
final class ClientAddressesTest {

    private static ClientAddresses addresses(String... settings) {
        ProxyConfig config = ProxySettings.of(settings);
        return new ClientAddresses(
                config, new WanAddress(config, Optional::empty, Set::of, Clock.systemUTC()));
    }

    private static ClientAddresses.Pair pair(
            ClientAddresses addresses, String claimed, String observed) {
        return addresses.of(IpAddress.parse(claimed), IpAddress.parse(observed));
    }

    @Test
    void areTheObservedAndTheFixedOneInTheLan() {
        ClientAddresses lan = addresses("proxy.wan-address", "203.0.113.7");

        var pair = pair(lan, "192.168.1.7", "192.168.1.7");

        assertThat(pair.client().text()).isEqualTo("192.168.1.7");
        assertThat(pair.wan().text()).isEqualTo("203.0.113.7");
    }

    @Test
    void mayBeTheSameWithoutNat() {
        var pair = pair(addresses("proxy.wan-address", "8.8.8.8"), "8.8.8.8", "8.8.8.8");

        assertThat(pair.client()).isEqualTo(pair.wan());
    }

    @Test
    void mustAgreeInTheLan() {
        ClientAddresses lan = addresses("proxy.wan-address", "203.0.113.7");

        assertThatThrownBy(() -> pair(lan, "192.168.1.8", "192.168.1.7"))
                .isInstanceOf(AddressMismatch.class);
    }

    @Test
    void areNotToBeHadWhileTheOutsideAddressIsUnknown() {
        assertThatThrownBy(() -> pair(addresses(), "192.168.1.7", "192.168.1.7"))
                .isInstanceOf(WanUnknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "172.31.255.255", "192.168.0.1", "100.64.0.1", "fd12::1"})
    void areTheClaimedAndTheObservedOneInTheWan(String claimed) {
        var pair = pair(addresses("proxy.mode", "wan"), claimed, "8.8.8.8");

        assertThat(pair.client().text()).isEqualTo(claimed);
        assertThat(pair.wan().text()).isEqualTo("8.8.8.8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "9.255.255.255", "fe00::1"})
    void areClaimedInsideTheRangesOnly(String claimed) {
        ClientAddresses wan = addresses("proxy.mode", "wan");

        assertThatThrownBy(() -> pair(wan, claimed, "8.8.8.8"))
                .isInstanceOf(AddressNotClaimable.class);
    }

    @Test
    void areClaimedInsideTheRangesOfTheSetting() {
        ClientAddresses wan = addresses("proxy.mode", "wan", "proxy.claimed-ranges", "10.9.0.0/16");

        assertThat(pair(wan, "10.9.1.1", "8.8.8.8").client().text()).isEqualTo("10.9.1.1");
        assertThatThrownBy(() -> pair(wan, "10.8.1.1", "8.8.8.8"))
                .isInstanceOf(AddressNotClaimable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "192.0.2.1",
                "100.64.0.1",
                "127.0.0.1",
                "fe80::1",
                "2001:db8::1"
            })
    void needAGlobalObservedAddressInTheWan(String observed) {
        ClientAddresses wan = addresses("proxy.mode", "wan");

        assertThatThrownBy(() -> pair(wan, "10.0.0.1", observed)).isInstanceOf(WanNotGlobal.class);
    }

    @Test
    void takeLoopbackForGlobalWhereItIsAllowed() {
        ClientAddresses wan =
                addresses("proxy.mode", "wan", "proxy.addresses.allow-loopback", "true");

        assertThat(pair(wan, "10.0.0.1", "127.0.0.1").wan().text()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> pair(wan, "10.0.0.1", "10.0.0.2"))
                .isInstanceOf(WanNotGlobal.class);
    }

    @Test
    void nameRangesThatAreNone() {
        assertThatThrownBy(() -> addresses("proxy.claimed-ranges", "10.0.0.0/33"))
                .hasMessageStartingWith("proxy.claimed-ranges: ");
    }
}
