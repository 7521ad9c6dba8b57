package dev.posthouse.ca.certificate;

import dev.posthouse.common.database.Batches;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Forgets certificates a year after they ended (certificates, section 13); a void serial is kept as
 * long as its certificate would have been.
 */
@Singleton
final class PurgeCertificates {

    private static final Duration KEPT = Duration.ofDays(365);
    private static final int BATCH = 1_000;

    private final Certificates certificates;

    PurgeCertificates(Certificates certificates) {
        this.certificates = certificates;
    }

    @Scheduled(every = "24h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purge() {
        Batches.drain(
                "forgetting certificates",
                BATCH,
                () ->
                        QuarkusTransaction.requiringNew()
                                .call(() -> certificates.purge(KEPT, BATCH)));
    }
}
