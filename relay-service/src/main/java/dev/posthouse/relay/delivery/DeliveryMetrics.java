package dev.posthouse.relay.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/** How parcels fare on their way to other nodes. */
@Singleton
final class DeliveryMetrics {

    private static final Logger LOG = Logger.getLogger(DeliveryMetrics.class);

    private final MeterRegistry metrics;
    private final Peers peers;
    private final Clock clock;
    private volatile long pausing;

    DeliveryMetrics(MeterRegistry metrics, Peers peers, Clock clock) {
        this.metrics = metrics;
        this.peers = peers;
        this.clock = clock;
        metrics.gauge("posthouse.relay.peers.paused", this, looked -> looked.pausing);
        // From zero on: an alert on refusals must see the first.
        PohttpClient.KNOWN.forEach(status -> count(Integer.toString(status), 0));
    }

    /** A parcel has been sent, or could not be. */
    void attempted(Outcome outcome) {
        count(outcome.code(), 1);
    }

    private void count(String code, int attempts) {
        metrics.counter("posthouse.relay.deliveries", "code", code).increment(attempts);
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            pausing = QuarkusTransaction.requiringNew().call(() -> peers.pausing(clock.instant()));
        } catch (RuntimeException databaseAway) {
            LOG.debug("The peers cannot be looked at", databaseAway);
        }
    }
}
