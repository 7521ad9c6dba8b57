package dev.posthouse.relay.outbound;

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
 * What waits for each peer, and for how long, of those whose oldest parcel has waited longest, and
 * what waits for an operator.
 */
@Singleton
final class OutboundDepths {

    private static final Logger LOG = Logger.getLogger(OutboundDepths.class);
    private static final int PEERS = 20;
    private static final int MOST = 10_000;

    private final Backlog backlog;
    private final DeadLetters letters;
    private final Clock clock;
    private final DepthGauges gauges;

    OutboundDepths(Backlog backlog, DeadLetters letters, MeterRegistry metrics, Clock clock) {
        this.backlog = backlog;
        this.letters = letters;
        this.clock = clock;
        this.gauges = new DepthGauges("posthouse.relay.outbound", MOST, metrics);
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            List<Depth> found = QuarkusTransaction.requiringNew().call(() -> backlog.depths(PEERS));
            gauges.show(found, clock.instant());
            gauges.showDead(QuarkusTransaction.requiringNew().call(() -> letters.count(MOST)));
        } catch (RuntimeException databaseAway) {
            LOG.debug("The outbound parcels cannot be looked at", databaseAway);
        }
    }
}
