package dev.posthouse.ymp.receiving;

import dev.posthouse.common.database.Batches;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Forgets messages that no sender repeats any longer (YMP, section 6). */
@Singleton
final class ForgetAcknowledged {

    private static final Duration KEPT = Duration.ofDays(7);
    private static final int BATCH = 1_000;

    private final Inbox inbox;
    private final Loads loads;
    private final Clock clock;

    ForgetAcknowledged(Inbox inbox, Loads loads, Clock clock) {
        this.inbox = inbox;
        this.loads = loads;
        this.clock = clock;
    }

    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        Instant before = clock.instant().minus(KEPT);
        Batches.drain(
                "forgetting acknowledged messages",
                BATCH,
                () ->
                        QuarkusTransaction.requiringNew()
                                .call(() -> inbox.forgetBefore(before, BATCH)));
        Batches.drain(
                "forgetting senders",
                BATCH,
                () -> QuarkusTransaction.requiringNew().call(() -> loads.forget(BATCH)));
    }
}
