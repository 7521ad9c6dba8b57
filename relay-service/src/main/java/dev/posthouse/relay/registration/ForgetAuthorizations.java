package dev.posthouse.relay.registration;

import dev.posthouse.common.database.Batches;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Forgets used authorisations that are refused for their age already (PoHTTP, section 11.1). */
@Singleton
final class ForgetAuthorizations {

    /** The clocks of two replicas may differ. */
    private static final Duration SLACK = Duration.ofHours(1);

    private static final int BATCH = 1_000;

    private final UsedAuthorizations used;
    private final Clock clock;

    ForgetAuthorizations(UsedAuthorizations used, Clock clock) {
        this.used = used;
        this.clock = clock;
    }

    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        Instant before = clock.instant().minus(SLACK);
        Batches.drain(
                "forgetting used authorisations",
                BATCH,
                () ->
                        QuarkusTransaction.requiringNew()
                                .call(() -> used.forgetExpiredBefore(before, BATCH)));
    }
}
