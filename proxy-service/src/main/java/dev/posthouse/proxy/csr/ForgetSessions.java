package dev.posthouse.proxy.csr;

import dev.posthouse.common.database.Batches;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Forgets sessions an hour after their end (certificates, sections 9 and 13). */
@ApplicationScoped
class ForgetSessions {

    private static final int BATCH = 5_000;

    private final Submissions submissions;
    private final Clock clock;

    ForgetSessions(Submissions submissions, Clock clock) {
        this.submissions = submissions;
        this.clock = clock;
    }

    @Scheduled(every = "${proxy.purge-every:24h}", delayed = "1m")
    void forget() {
        Batches.drain(
                "forgetting sessions",
                BATCH,
                () ->
                        QuarkusTransaction.requiringNew()
                                .call(() -> submissions.forget(clock.instant(), BATCH)));
    }
}
