package dev.posthouse.ymp.asking;

import dev.posthouse.common.database.Batches;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** Deletes states that have expired (YMP, section 4); none counts from that moment on anyway. */
@Singleton
final class ForgetStates {

    private static final int BATCH = 1_000;

    private final PendingStates states;
    private final Clock clock;

    ForgetStates(PendingStates states, Clock clock) {
        this.states = states;
        this.clock = clock;
    }

    @Scheduled(every = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        Instant before = clock.instant();
        Batches.drain(
                "forgetting states",
                BATCH,
                () ->
                        QuarkusTransaction.requiringNew()
                                .call(() -> states.forgetExpiredUntil(before, BATCH)));
    }
}
