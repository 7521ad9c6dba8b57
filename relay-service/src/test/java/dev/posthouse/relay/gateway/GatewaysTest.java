package dev.posthouse.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.TestSettings;
import dev.posthouse.testing.Await;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which private gateways are served (PoHTTP, section 11.1). */
@QuarkusTest
class GatewaysTest {

    @Inject Gateways gateways;
    @Inject GatewayRegister register;
    @Inject Clock clock;

    private final NodeId gateway = someone();

    static NodeId someone() {
        byte[] octets = new byte[32];
        new Random().nextBytes(octets);
        return NodeId.parse("0" + HexFormat.of().formatHex(octets));
    }

    private boolean registers() {
        return QuarkusTransaction.requiringNew().call(() -> gateways.register(gateway));
    }

    @Test
    void servesWhoHasRegistered() {
        assertThat(gateways.isRegistered(gateway)).isFalse();

        assertThat(registers()).isTrue();
        assertThat(registers()).isTrue();

        assertThat(gateways.isRegistered(gateway)).isTrue();
        assertThat(gateways.isRegistered(gateway)).isTrue();
    }

    @Test
    void servesNobodyWhoIsRevoked() {
        registers();
        assertThat(gateways.isRegistered(gateway)).isTrue();

        gateways.revoke(gateway);

        assertThat(gateways.isRegistered(gateway)).isFalse();
        assertThat(registers()).isFalse();
        assertThat(gateways.isRegistered(gateway)).isFalse();

        gateways.readmit(gateway);
        assertThat(gateways.isRegistered(gateway)).isTrue();
    }

    @Test
    void remembersARevocationOfWhoHasNeverRegistered() {
        gateways.revoke(gateway);
        gateways.revoke(gateway);
        assertThat(registers()).isFalse();

        gateways.readmit(gateway);

        assertThat(gateways.isRegistered(gateway)).isFalse();
        assertThat(registers()).isTrue();
    }

    @Test
    void servesThoseInTheSettingsUntilTheyAreRevoked() {
        NodeId configured = NodeId.parse(RelayUnderTest.PRIVATE_GATEWAY);
        assertThat(gateways.isRegistered(configured)).isTrue();
        try {
            gateways.revoke(configured);
            assertThat(gateways.isRegistered(configured)).isFalse();
        } finally {
            gateways.readmit(configured);
        }
        assertThat(gateways.isRegistered(configured)).isTrue();
        TestDatabase.change("delete from gateway where id = ?", configured.text());
    }

    @Test
    void hearsOfAnotherReplicasRevocation() {
        registers();
        assertThat(gateways.isRegistered(gateway)).isTrue();

        TestDatabase.change("update gateway set revoked = now() where id = ?", gateway.text());

        Await.await("it counts here", () -> !gateways.isRegistered(gateway));
    }

    @Test
    void namesTheSettingThatHoldsNoId() {
        var settings = TestSettings.with(Map.of("relay.gateways.registered", "nobody"));

        assertThatThrownBy(() -> new Gateways(register, settings, clock))
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith("relay.gateways.registered: ");
    }
}
