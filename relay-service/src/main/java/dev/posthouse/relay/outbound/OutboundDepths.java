package dev.posthouse.relay.outbound;

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
 * What waits for each peer, and for how long, of those whose oldest parcel has waited longest, and
 * what waits for an operator.
 */
@Singleton
final class OutboundDepths {

    private static final Logger LOG = Logger.getLogger(OutboundDepths.class);
    private static final int PEERS = 20;
    private static final int MOST_DEAD = 10_000;

    private final Backlog backlog;
    private final DeadLetters letters;
    private final Clock clock;
    private final MultiGauge depths;
    private final MultiGauge ages;
    private volatile long dead;

    OutboundDepths(Backlog backlog, DeadLetters letters, MeterRegistry metrics, Clock clock) {
        this.backlog = backlog;
        this.letters = letters;
        this.clock = clock;
        this.depths =
                MultiGauge.builder("posthouse.relay.outbound.depth")
                        .description("Parcels that wait for a peer, counted no further than 10000")
                        .register(metrics);
        this.ages =
                MultiGauge.builder("posthouse.relay.outbound.age.seconds")
                        .description("How long the oldest parcel has waited for a peer")
                        .register(metrics);
        Gauge.builder("posthouse.relay.outbound.dead", this, looked -> looked.dead)
                .description("Dead letters, counted no further than 10000")
                .register(metrics);
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            show(QuarkusTransaction.requiringNew().call(() -> backlog.depths(PEERS)));
            dead = QuarkusTransaction.requiringNew().call(() -> letters.count(MOST_DEAD));
        } catch (RuntimeException databaseAway) {
            LOG.debug("The outbound parcels cannot be looked at", databaseAway);
        }
    }

    private void show(List<Backlog.Depth> found) {
        Instant now = clock.instant();
        depths.register(
                found.stream().map(depth -> Row.of(peer(depth), depth.parcels())).toList(), true);
        ages.register(
                found.stream()
                        .map(depth ->
                                Row.of(
                                        peer(depth),
                                        Duration.between(depth.oldest(), now).toSeconds()))
                        .toList(),
                true);
    }

    private static Tags peer(Backlog.Depth depth) {
        return Tags.of("peer", depth.peer());
    }
}
