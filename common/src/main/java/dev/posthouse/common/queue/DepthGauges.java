package dev.posthouse.common.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/** What waits for each of some peers, how long the oldest of it has, and what nobody sends. */
public final class DepthGauges {

    private final MultiGauge depths;
    private final MultiGauge ages;
    private volatile long dead;

    /**
     * @param name which all of them begin with
     * @param most how far is counted
     */
    public DepthGauges(String name, long most, MeterRegistry metrics) {
        String counted = ", counted no further than " + most;
        this.depths =
                MultiGauge.builder(name + ".depth")
                        .description("What waits for a peer" + counted)
                        .register(metrics);
        this.ages =
                MultiGauge.builder(name + ".age.seconds")
                        .description("How long the oldest has waited for a peer")
                        .register(metrics);
        Gauge.builder(name + ".dead", this, looked -> looked.dead)
                .description("Dead letters" + counted)
                .register(metrics);
    }

    /** From now on, these; no other peer is shown any more. */
    public void show(List<Depth> found, Instant now) {
        depths.register(rows(found, Depth::number), true);
        ages.register(rows(found, peer -> Duration.between(peer.oldest(), now).toSeconds()), true);
    }

    private static List<Row<?>> rows(List<Depth> found, ToLongFunction<Depth> value) {
        return found.stream()
                .<Row<?>>map(one -> Row.of(Tags.of("peer", one.peer()), value.applyAsLong(one)))
                .toList();
    }

    /** From now on, so many dead letters. */
    public void showDead(long number) {
        dead = number;
    }

    /**
     * What waits for a peer.
     *
     * @param peer which
     * @param oldest since when
     * @param number how many
     */
    public record Depth(String peer, Instant oldest, long number) {}
}
