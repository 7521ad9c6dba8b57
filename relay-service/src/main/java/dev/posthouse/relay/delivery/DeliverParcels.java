package dev.posthouse.relay.delivery;

import dev.posthouse.common.call.StrangerClient;
import dev.posthouse.common.queue.Worker;
import dev.posthouse.relay.outbound.ParcelDue;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Delivers parcels to other nodes (PoHTTP, section 9): takes up peers that are due and has one job
 * at a time send to each, in all replicas together. It is woken by parcels and by jobs that end; a
 * look at every tick finds what nobody announced.
 */
@Singleton
final class DeliverParcels {

    private static final Duration TICK = Duration.ofSeconds(1);

    /** What is due no later is not left to a tick. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ClaimPeers claims;
    private final Jobs jobs;
    private final StrangerClient calls;
    private final Clock clock;
    private final Worker worker;

    DeliverParcels(ClaimPeers claims, Jobs jobs, StrangerClient calls, Clock clock) {
        this.claims = claims;
        this.jobs = jobs;
        this.calls = calls;
        this.clock = clock;
        this.worker = new Worker("delivery", TICK, this::round);
    }

    void start(@Observes StartupEvent started) {
        worker.start();
    }

    void wake(@Observes ParcelDue parcel) {
        jobs.nudge(parcel.peer());
        if (claims.wake(parcel.peer())) {
            worker.wake();
        }
    }

    /** Nothing is taken up any more; what is under way gets some time. */
    void stop(@Observes ShutdownEvent stopping) {
        worker.close();
        jobs.close(calls::close);
    }

    private boolean round() {
        int most = jobs.free();
        List<Claim> claimed = claims.claim(most);
        jobs.start(claimed, this::ended);
        return claimed.size() == most && (soundRound() || most > 0);
    }

    /** There is no place for any peer; for those that answer there may be. */
    private boolean soundRound() {
        int most = jobs.freeForSound();
        if (most == 0) {
            return false;
        }
        List<Claim> claimed = claims.claimSound(most);
        jobs.startSound(claimed, this::ended);
        return claimed.size() == most;
    }

    /** The peer may have been woken meanwhile, or is due again soon. */
    private void ended(Optional<Instant> next) {
        worker.wake();
        next.map(due -> Duration.between(clock.instant(), due))
                .filter(pause -> pause.isPositive() && pause.compareTo(SOON) < 0)
                .ifPresent(this::wakeAfter);
    }

    private void wakeAfter(Duration pause) {
        long millis = pause.plusMillis(1).toMillis();
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(worker::wake);
    }
}
