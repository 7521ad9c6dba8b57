package dev.posthouse.ymp.outgoing;

import dev.posthouse.common.queue.DepthGauges;
import dev.posthouse.common.queue.DepthGauges.Depth;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
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
    private static final int MOST = 100_000;

    private final Outgoing outgoing;
    private final DeadLetters letters;
    private final Clock clock;
    private final DepthGauges gauges;

    OutboxDepths(Outgoing outgoing, DeadLetters letters, MeterRegistry metrics, Clock clock) {
        this.outgoing = outgoing;
        this.letters = letters;
        this.clock = clock;
        this.gauges = new DepthGauges("posthouse.ymp.outbox", MOST, metrics);
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            List<Depth> found =
                    QuarkusTransaction.requiringNew().call(() -> outgoing.depths(PEERS));
            gauges.show(found, clock.instant());
            gauges.showDead(QuarkusTransaction.requiringNew().call(() -> letters.count(MOST)));
        } catch (RuntimeException databaseAway) {
            LOG.debug("The outbox cannot be looked at", databaseAway);
        }
    }
}
