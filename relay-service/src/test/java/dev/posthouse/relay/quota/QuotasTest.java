package dev.posthouse.relay.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.TestSettings;
import dev.posthouse.relay.parcel.TestArrival;
import dev.posthouse.relay.parcel.TestQueue;
import dev.posthouse.testing.LogWatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 10: how much may wait. */
@QuarkusTest
class QuotasTest {

    @Inject Depths depths;

    private final NodeId gateway = TestArrival.node();
    private final NodeId recipient = TestArrival.node();

    private Quotas with(String setting, long value) {
        Total total = new Total(depths, new SimpleMeterRegistry());
        total.sumUp();
        return new Quotas(depths, total, TestSettings.with(Map.of(setting, Long.toString(value))));
    }

    private Optional<String> fullFor(Quotas quotas, NodeId endpoint, int size) {
        return quotas.fullFor(gateway, endpoint, size).map(Quotas.Full::code);
    }

    private static void waits(NodeId gateway, NodeId recipient, int parcels) {
        TestQueue.fill(gateway, recipient, parcels);
    }

    /** What it needs is taken down then, and a regular end leaves no error in the log. */
    @Test
    void isNotSummedUpAtTheEnd() {
        Total total = new Total(null, new SimpleMeterRegistry());
        try (LogWatch log = new LogWatch()) {
            total.sumUp();
            assertThat(log.text()).contains("what waits cannot be summed up");
        }
        Total ending = new Total(null, new SimpleMeterRegistry());
        try (LogWatch log = new LogWatch()) {
            ending.stop(new ShutdownEvent());
            ending.sumUp();
            assertThat(log.text()).doesNotContain("summed up");
        }
    }

    @Test
    void takesSoManyForAGateway() {
        waits(gateway, TestArrival.node(), 2);

        assertThat(fullFor(with("relay.quota.gateway.parcels", 3), recipient, 1)).isEmpty();
        assertThat(fullFor(with("relay.quota.gateway.parcels", 2), recipient, 1))
                .hasValue("gateway.full");
        assertThat(fullFor(with("relay.quota.gateway.parcels", 0), recipient, 1)).isEmpty();
    }

    @Test
    void takesSoManyOctetsForAGateway() {
        waits(gateway, TestArrival.node(), 2);
        long there = 2 * TestQueue.SIZE;

        Quotas quotas = with("relay.quota.gateway.octets", there + 10);

        assertThat(fullFor(quotas, recipient, 10)).isEmpty();
        assertThat(fullFor(quotas, recipient, 11)).hasValue("gateway.full");
    }

    @Test
    void takesSoMuchForARecipient() {
        waits(TestArrival.node(), recipient, 3);

        assertThat(fullFor(with("relay.quota.recipient.parcels", 3), recipient, 1))
                .hasValue("recipient.full");
        assertThat(fullFor(with("relay.quota.recipient.octets", 3 * TestQueue.SIZE), recipient, 1))
                .hasValue("recipient.full");
        assertThat(fullFor(with("relay.quota.recipient.parcels", 3), TestArrival.node(), 1))
                .isEmpty();
    }

    @Test
    void takesSoManyOctetsInAll() {
        waits(gateway, recipient, 1);

        assertThat(fullFor(with("relay.quota.octets", 1), recipient, 1)).hasValue("relay.full");
        assertThat(fullFor(with("relay.quota.octets", 0), recipient, 1)).isEmpty();
    }

    @Test
    void countsWhatComesUntilItLooksAgain() {
        Quotas quotas = with("relay.quota.gateway.parcels", 2);
        assertThat(fullFor(quotas, recipient, 1)).isEmpty();

        quotas.count(gateway, recipient, 1);
        assertThat(fullFor(quotas, recipient, 1)).isEmpty();
        quotas.count(gateway, recipient, 1);

        assertThat(fullFor(quotas, recipient, 1)).hasValue("gateway.full");
    }
}
