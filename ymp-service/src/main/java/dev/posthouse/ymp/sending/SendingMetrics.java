package dev.posthouse.ymp.sending;

import dev.posthouse.ymp.outgoing.Deaths;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/** How packets fare on their way to other hosts (YMP, section 9). */
@Singleton
final class SendingMetrics {

    private static final Logger LOG = Logger.getLogger(SendingMetrics.class);

    private final MeterRegistry metrics;
    private final Deaths deaths;
    private final Destinations destinations;
    private final Clock clock;
    private volatile long backingOff;

    SendingMetrics(MeterRegistry metrics, Deaths deaths, Destinations destinations, Clock clock) {
        this.metrics = metrics;
        this.deaths = deaths;
        this.destinations = destinations;
        this.clock = clock;
        metrics.gauge("posthouse.ymp.peers.backoff", this, looked -> looked.backingOff);
        // From zero on: an alert on refusals must see the first.
        PacketClient.REFUSALS.forEach(status -> messages(Integer.toString(status)));
    }

    /** A packet has been sent, or could not be. */
    void sent(Job job, Outcome outcome) {
        String code = outcome.code();
        int messages = job.parts().next().size();
        metrics.counter("posthouse.ymp.packets.out", "code", code).increment();
        messages(code).increment(messages);
    }

    /** A message that was refused has become a dead letter. */
    void died() {
        deaths.count(1);
    }

    private Counter messages(String code) {
        return metrics.counter("posthouse.ymp.messages.out", "code", code);
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            backingOff =
                    QuarkusTransaction.requiringNew()
                            .call(() -> destinations.backingOff(clock.instant()));
        } catch (RuntimeException databaseAway) {
            LOG.debug("The hosts cannot be looked at", databaseAway);
        }
    }
}
