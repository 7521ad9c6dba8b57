package dev.posthouse.proxy.vitals;

import dev.posthouse.proxy.csr.CsrRecorded;
import dev.posthouse.proxy.csr.WaitingCsrs;
import dev.posthouse.proxy.lead.LeadEstimate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** What waits, looked at once a second: for the lead_time (section 8) and for metrics (12). */
@Singleton
final class Vitals {

    private static final Logger LOG = Logger.getLogger(Vitals.class);

    private final WaitingCsrs waiting;
    private final LeadEstimate lead;
    private final Counter accepted;
    private volatile long queued;

    Vitals(WaitingCsrs waiting, LeadEstimate lead, MeterRegistry metrics) {
        this.waiting = waiting;
        this.lead = lead;
        this.accepted =
                Counter.builder("posthouse.csr.accepted")
                        .description("CSRs recorded, repeats not counted")
                        .register(metrics);
        metrics.gauge("posthouse.queue.depth", this, v -> v.queued);
        metrics.gauge("posthouse.queue.age.seconds", this, v -> v.lead.age().toSeconds());
        metrics.gauge("posthouse.lead.time.advertised.seconds", this, v -> v.lead.seconds());
    }

    void count(@Observes CsrRecorded recorded) {
        accepted.increment();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            WaitingCsrs.Queue queue = waiting.queue();
            queued = queue.depth();
            lead.waitingSince(queue.oldest());
        } catch (RuntimeException databaseAway) {
            LOG.debug("The queue cannot be looked at", databaseAway);
        }
    }
}
