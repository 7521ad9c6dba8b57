package dev.posthouse.ca.vitals;

import dev.posthouse.ca.certificate.Certificates;
import dev.posthouse.ca.issuance.Issuances;
import dev.posthouse.ca.publication.Deliveries;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** What waits and what ends soon, looked at for metrics (certificates, section 12). */
@Singleton
final class Vitals {

    private static final Logger LOG = Logger.getLogger(Vitals.class);

    /** Devices renew at two thirds of two weeks: what ends so soon was not renewed. */
    private static final Duration SOON = Duration.ofDays(3);

    private final Issuances issuances;
    private final Deliveries deliveries;
    private final Certificates certificates;
    private volatile long queued;
    private volatile long undelivered;
    private volatile long deadLetters;
    private volatile long endingSoon;

    Vitals(
            Issuances issuances,
            Deliveries deliveries,
            Certificates certificates,
            MeterRegistry metrics) {
        this.issuances = issuances;
        this.deliveries = deliveries;
        this.certificates = certificates;
        metrics.gauge("posthouse.queue.depth", this, v -> v.queued);
        metrics.gauge("posthouse.deliveries.waiting", this, v -> v.undelivered);
        metrics.gauge("posthouse.deliveries.dead", this, v -> v.deadLetters);
        metrics.gauge("posthouse.certificates.ending.soon", this, v -> v.endingSoon);
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        quietly(() -> {
            queued = issuances.waiting();
            undelivered = deliveries.waiting();
        });
    }

    @Scheduled(every = "60s", concurrentExecution = ConcurrentExecution.SKIP)
    void lookFurther() {
        quietly(() -> {
            deadLetters = deliveries.deadLetters();
            endingSoon = certificates.endingWithin(SOON);
        });
    }

    private static void quietly(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException databaseAway) {
            LOG.debug("The tables cannot be looked at", databaseAway);
        }
    }
}
