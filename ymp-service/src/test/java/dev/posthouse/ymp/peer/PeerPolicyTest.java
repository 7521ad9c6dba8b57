package dev.posthouse.ymp.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.ymp.OurHost;
import dev.posthouse.ymp.TestSettings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** With whom we have to do (YMP, section 5). */
@QuarkusTest
class PeerPolicyTest {

    private final HostName host = HostName.parse(UUID.randomUUID() + ".example");

    @Inject Peers peers;
    @Inject PeerPolicy policy;
    @Inject OurHost ours;

    @Test
    void admitsAnybody() {
        assertThat(policy.admits(host)).isTrue();
    }

    @Test
    void doesNotAdmitOurselves() {
        assertThat(policy.admits(ours.name())).isFalse();
        assertThat(policy.admits(HostName.parse(ours.text().toUpperCase(Locale.ROOT) + ":443")))
                .isFalse();
    }

    @Test
    void doesNotAdmitTheBlocked() {
        QuarkusTransaction.requiringNew().run(() -> peers.block(host));

        assertThat(policy.admits(host)).isFalse();
        QuarkusTransaction.requiringNew().run(() -> peers.unblock(host));
        assertThat(policy.admits(host)).isTrue();
    }

    @Test
    void admitsOnlyThoseOnTheListIfThereIsOne() {
        PeerPolicy listed = allowing("a.example," + host.text() + "," + ours.text());

        assertThat(listed.admits(host)).isTrue();
        assertThat(listed.admits(HostName.parse("A.example:443"))).isTrue();
        assertThat(listed.admits(HostName.parse("a.example:8443"))).isFalse();
        assertThat(listed.admits(HostName.parse("b.example"))).isFalse();
        assertThat(listed.admits(ours.name())).isFalse();
        QuarkusTransaction.requiringNew().run(() -> peers.block(host));
        assertThat(listed.admits(host)).isFalse();
    }

    @Test
    void refusesAListWithWhatIsNoHost() {
        assertThatThrownBy(() -> allowing("a.example,127.1"))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("ymp.allowed-hosts");
    }

    private PeerPolicy allowing(String hosts) {
        return new PeerPolicy(ours, TestSettings.with(Map.of("ymp.allowed-hosts", hosts)), peers);
    }
}
