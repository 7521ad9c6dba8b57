package dev.posthouse.relay;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.setting.BadSetting;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting that cannot work ends the start, and is named. */
class BadSettingsTest {

    private static void assertNames(String name, ThrowingCallable start) {
        assertThatThrownBy(start)
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith(name + ": ");
    }

    private static void assertRefused(String name, String value) {
        RelayConfig settings = TestSettings.with(Map.of(name, value));

        assertNames(name, () -> Bounds.check(settings));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost", "relay.example.", ".example", "a..example", "relay.example:443",
                "https://relay.example", "192.0.2.1", "[2001:db8::1]", "a b.example", "a_b.example",
                "-a.example", "a-.example", "ä.example"
            })
    void namesAnAddressThatIsNoDottedName(String name) {
        assertRefused("relay.internet-address", name);
        assertRefused("relay.internet-address-aliases", "alias.example," + name);
    }

    @ParameterizedTest
    @CsvSource({
        "relay.gateways.registered, 0abc",
        "relay.poweb.plain-port, -1",
        "relay.poweb.plain-port, 65536",
        "relay.poweb.in-flight, 0",
        "relay.poweb.in-flight, 1001",
        "relay.delivery.first-retry, 0s",
        "relay.delivery.retry-cap, 29s",
        "relay.delivery.attempt-timeout, 0s",
        "relay.limits.parcels-per-address, -1",
        "relay.limits.registrations-per-address, -1",
        "relay.limits.octets-in-flight, -1",
        "relay.limits.octets-in-flight, 8322036",
        "relay.quota.gateway.parcels, -1",
        "relay.quota.gateway.octets, -1",
        "relay.quota.recipient.parcels, -1",
        "relay.quota.recipient.octets, -1",
        "relay.quota.octets, -1",
        "relay.body-timeout, 0s"
    })
    void namesWhatIsOutOfItsBounds(String name, String value) {
        assertRefused(name, value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parcels",
                "//parcels",
                "/a//b",
                "/a/../b",
                "/..",
                "/a?b",
                "/a#b",
                "/a\\b",
                "/a b",
                "/ä",
                "/%4",
                "/.",
                "/a/./b"
            })
    void namesAPathThatIsNone(String path) {
        assertRefused("relay.pohttp.path", path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/pre-registration",
                "/v1/pre-registrations",
                "/v1/nodes",
                "/v1/parcels",
                "/v1/parcel-collection",
                "/v1/connection-params.der",
                "/connection-params.der",
                "/admin/parcels",
                "/admin/dead-letters",
                "/admin/dead-letters/redrive",
                "/admin/gateways",
                "/admin/gateways/any/revoke",
                "/admin/queues",
                "/admin/queues/" + RelayUnderTest.PRIVATE_GATEWAY
            })
    void namesThePathOfAnotherDoor(String path) {
        assertRefused("relay.pohttp.path", path);
    }

    /** What has a name inside has none outside. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pohttp",
                "/pohttp/v1",
                "/pohttp/parcels",
                "/poweb/nodes",
                "/v1",
                "/v1/pohttp",
                "/admin"
            })
    void takesAPathThatNoDoorHas(String path) {
        RelayConfig settings = TestSettings.with(Map.of("relay.pohttp.path", path));

        assertThatCode(() -> Bounds.check(settings)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "relay.trusted-proxies, 10.0.0.0/33",
        "relay.forwarded-header, via",
        "relay.quota.octets, many",
        "relay.body-timeout, soon"
    })
    void namesAValueOfTheWrongKind(String name, String value) {
        assertThatThrownBy(() -> RelayDoors.observed(TestSettings.with(Map.of(name, value))))
                .hasMessageContaining(name);
    }

    @Test
    void takesGoodOnes() {
        RelayConfig settings =
                TestSettings.with(
                        Map.of(
                                "relay.internet-address",
                                "Relay-1.posthouse.example",
                                "relay.gateways.registered",
                                RelayUnderTest.PRIVATE_GATEWAY,
                                "relay.pohttp.path",
                                "/a;b=c/%41/~$&'()*+,=@:!",
                                "relay.delivery.retry-cap",
                                "30s",
                                "relay.limits.registrations-per-address",
                                "0",
                                "relay.limits.octets-in-flight",
                                "0",
                                "relay.poweb.plain-port",
                                "0",
                                "relay.quota.octets",
                                "0"));

        assertThatCode(() -> Bounds.check(settings)).doesNotThrowAnyException();
    }
}
