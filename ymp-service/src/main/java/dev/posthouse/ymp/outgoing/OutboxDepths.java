package dev.posthouse.ymp.outgoing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * What waits for each host, and for how long, of those that have waited longest, and what waits for
 * an operator (YMP, section 9).
 */
@Singleton
final class OutboxDepths {

    private static final Logger LOG = Logger.getLogger(OutboxDepths.class);
    private static final int PEERS = 20;
    private static final int MOST_DEAD = 100_000;

    private final Outgoing outgoing;
    private final DeadLetters letters;
    private final Clock clock;
    private final MultiGauge depths;
    private final MultiGauge ages;
    private volatile long dead;

    OutboxDepths(Outgoing outgoing, DeadLetters letters, MeterRegistry metrics, Clock clock) {
        this.outgoing = outgoing;
        this.letters = letters;
        this.clock = clock;
        this.depths =
                MultiGauge.builder("posthouse.ymp.outbox.depth")
                        .description(
                                "Messages that wait for a host, counted no further than 100000")
                        .register(metrics);
        this.ages =
                MultiGauge.builder("posthouse.ymp.outbox.age.seconds")
                        .description("How long the oldest message has waited for a host")
                        .register(metrics);
        Gauge.builder("posthouse.ymp.outbox.dead", this, looked -> looked.dead)
                .description("Dead letters, counted no further than 100000")
                .register(metrics);
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            show(QuarkusTransaction.requiringNew().call(() -> outgoing.depths(PEERS)));
            dead = QuarkusTransaction.requiringNew().call(() -> letters.count(MOST_DEAD));
        } catch (RuntimeException databaseAway) {
            LOG.debug("The outbox cannot be looked at", databaseAway);
        }
    }

    private void show(List<Outgoing.Depth> found) {
        Instant now = clock.instant();
        depths.register(
                found.stream().map(depth -> Row.of(peer(depth), depth.messages())).toList(), true);
        ages.register(
                found.stream()
                        .map(depth ->
                                Row.of(
                                        peer(depth),
                                        Duration.between(depth.oldest(), now).toSeconds()))
                        .toList(),
                true);
    }

    private static Tags peer(Outgoing.Depth depth) {
        return Tags.of("peer", depth.host());
    }
}
