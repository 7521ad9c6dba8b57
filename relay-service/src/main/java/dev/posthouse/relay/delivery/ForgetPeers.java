package dev.posthouse.relay.delivery;

import dev.posthouse.common.database.Batches;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Forgets how peers have behaved for which nothing has waited for a day: anybody can name one. */
@Singleton
final class ForgetPeers {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final int BATCH = 1_000;

    private final Peers peers;
    private final Clock clock;

    ForgetPeers(Peers peers, Clock clock) {
        this.peers = peers;
        this.clock = clock;
    }

    @Scheduled(every = "10m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        Batches.drain(
                "forgetting peers",
                BATCH,
                () -> QuarkusTransaction.requiringNew().call(this::forgetSome));
    }

    private int forgetSome() {
        Instant now = clock.instant();
        return peers.forget(now.minus(KEPT), now, BATCH);
    }
}
