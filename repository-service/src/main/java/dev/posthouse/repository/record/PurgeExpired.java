package dev.posthouse.repository.record;

import dev.posthouse.common.database.Batches;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Forgets sessions an hour after their AccessURL ended (certificates, sections 9 and 13). */
@Singleton
final class PurgeExpired {

    private static final int BATCH = 1_000;

    /** Clocks differ: a record outlives the last request that could still ask for it. */
    private static final Duration GRACE = Duration.ofHours(1);

    private final Records records;
    private final Clock clock;

    PurgeExpired(Records records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    @Scheduled(every = "24h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void purge() {
        Instant before = clock.instant().minus(GRACE);
        Batches.drain(
                "forgetting sessions",
                BATCH,
                () ->
                        QuarkusTransaction.requiringNew()
                                .call(() -> records.purgeExpiredBefore(before, BATCH)));
    }
}
