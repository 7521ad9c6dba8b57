package dev.posthouse.common.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.queue.DepthGauges.Depth;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DepthGaugesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T05:06:10Z");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final DepthGauges gauges = new DepthGauges("test", 100, metrics);

    private double shown(String name, String peer) {
        return metrics.get(name).tag("peer", peer).gauge().value();
    }

    @Test
    void showsHowManyWaitForEachPeerAndForHowLong() {
        gauges.show(List.of(new Depth("a", NOW.minusSeconds(7), 3), new Depth("b", NOW, 100)), NOW);

        assertThat(shown("test.depth", "a")).isEqualTo(3);
        assertThat(shown("test.age.seconds", "a")).isEqualTo(7);
        assertThat(shown("test.depth", "b")).isEqualTo(100);
        assertThat(shown("test.age.seconds", "b")).isZero();
    }

    @Test
    void showsOnlyWhatWasFoundLast() {
        gauges.show(List.of(new Depth("a", NOW, 1), new Depth("b", NOW, 1)), NOW);

        gauges.show(List.of(new Depth("b", NOW, 2)), NOW);

        assertThat(metrics.find("test.depth").gauges()).hasSize(1);
        assertThat(shown("test.depth", "b")).isEqualTo(2);
    }

    @Test
    void showsDeadLetters() {
        gauges.showDead(2);

        assertThat(metrics.get("test.dead").gauge().value()).isEqualTo(2);
    }
}
