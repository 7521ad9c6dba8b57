package dev.posthouse.ymp.outgoing;

import dev.posthouse.common.database.Batches;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Forgets what was sent a week ago: until then a repeat is known as one (YMP, section 9). */
@Singleton
final class ForgetSent {

    private static final int BATCH = 1_000;
    private static final Duration KEPT = Duration.ofDays(7);

    private final Outgoing outgoing;
    private final Clock clock;

    ForgetSent(Outgoing outgoing, Clock clock) {
        this.outgoing = outgoing;
        this.clock = clock;
    }

    @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        Instant before = clock.instant().minus(KEPT);
        Batches.drain(
                "forgetting sent messages",
                BATCH,
                () ->
                        QuarkusTransaction.requiringNew()
                                .call(() -> outgoing.forgetSentBefore(before, BATCH)));
    }
}
