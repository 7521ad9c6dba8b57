package dev.posthouse.ca.issuance;

import dev.posthouse.common.database.Batches;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Forgets requests an hour after their AccessURL ended (certificates, section 9). */
@Singleton
final class PurgeIssuances {

    /** Clocks differ: a row outlives the last request that could still ask for it. */
    private static final Duration GRACE = Duration.ofHours(1);

    private static final int BATCH = 1_000;

    private final Issuances issuances;

    PurgeIssuances(Issuances issuances) {
        this.issuances = issuances;
    }

    @Scheduled(every = "24h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purge() {
        Batches.drain(
                "forgetting requests",
                BATCH,
                () -> QuarkusTransaction.requiringNew().call(() -> issuances.purge(GRACE, BATCH)));
        QuarkusTransaction.requiringNew().run(issuances::purgeKeys);
    }
}
