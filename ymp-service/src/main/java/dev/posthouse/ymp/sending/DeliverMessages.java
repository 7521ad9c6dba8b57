package dev.posthouse.ymp.sending;

import dev.posthouse.common.queue.Worker;
import dev.posthouse.ymp.asking.TokenArrived;
import dev.posthouse.ymp.outgoing.MessageDue;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The sender (YMP, section 6): takes up hosts that are due and has one job at a time send to each,
 * in all replicas together. It is woken by messages, by grants and by jobs that end; a look at
 * every tick finds what nobody announced.
 */
@Singleton
final class DeliverMessages {

    private static final Duration TICK = Duration.ofSeconds(1);

    /** What is due no later is not left to a tick: a token of seconds ages within one. */
    private static final Duration SOON = Duration.ofSeconds(10);

    /** How long a message waits for others to go in its packet. */
    private static final Duration PACKING = Duration.ofMillis(20);

    private final ClaimHosts claims;
    private final Jobs jobs;
    private final Clock clock;
    private final Worker worker;

    DeliverMessages(ClaimHosts claims, Jobs jobs, Clock clock) {
        this.claims = claims;
        this.jobs = jobs;
        this.clock = clock;
        this.worker = new Worker("sending", TICK, this::round);
    }

    void start(@Observes StartupEvent started) {
        worker.start();
    }

    void wake(@Observes MessageDue message) {
        if (claims.wake(message.host())) {
            wakeAfter(PACKING);
        }
    }

    void wake(@Observes TokenArrived token) {
        worker.wake();
    }

    /** Nothing is taken up any more; what is under way gets the time of a call. */
    void stop(@Observes ShutdownEvent stopping) {
        worker.close();
        jobs.close();
    }

    private boolean round() {
        int most = jobs.free();
        List<Claim> claimed = claims.claim(most);
        jobs.start(claimed, this::ended);
        return most > 0 && claimed.size() == most;
    }

    /** The host may have been woken meanwhile, or is due again soon. */
    private void ended(Job job) {
        worker.wake();
        job.next()
                .map(next -> Duration.between(clock.instant(), next))
                .filter(pause -> pause.isPositive() && pause.compareTo(SOON) < 0)
                .ifPresent(this::wakeAfter);
    }

    private void wakeAfter(Duration pause) {
        long millis = pause.plusMillis(1).toMillis();
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(worker::wake);
    }
}
