package dev.posthouse.ymp.granting;

import dev.posthouse.common.database.Batches;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** Forgets tokens that have expired, and says how many are left (YMP, sections 8 and 9). */
@Singleton
final class LiveTokens {

    private static final int BATCH = 1_000;

    private final GrantedTokens tokens;
    private final Clock clock;
    private volatile long live;

    LiveTokens(GrantedTokens tokens, Clock clock, MeterRegistry metrics) {
        this.tokens = tokens;
        this.clock = clock;
        metrics.gauge("posthouse.ymp.tokens.live", this, looked -> looked.live);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        Instant now = clock.instant();
        Batches.drain("forgetting tokens", BATCH, () -> forget(now));
    }

    /** A batch; the last one is followed by counting what is left. */
    private int forget(Instant now) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    int forgotten = tokens.forgetExpired(now, BATCH);
                    live = forgotten < BATCH ? tokens.live(now) : live;
                    return forgotten;
                });
    }
}
