package dev.posthouse.repository.record;

import dev.posthouse.common.database.Batches;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/**
 * Deletes certificates whose time to be collected is over (certificates, section 8). Nobody gets
 * them from that moment on, whether this job has come by or not; their rows stay as tombstones.
 */
@Singleton
final class EraseCollected {

    private static final int BATCH = 1_000;

    private final Records records;
    private final Retention retention;
    private final Clock clock;

    EraseCollected(Records records, Retention retention, Clock clock) {
        this.records = records;
        this.retention = retention;
        this.clock = clock;
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void erase() {
        Instant before = retention.collectedUntil(clock.instant());
        Batches.drain(
                "erasing what was collected",
                BATCH,
                () ->
                        QuarkusTransaction.requiringNew()
                                .call(() -> records.eraseCollectedUntil(before, BATCH)));
    }
}
