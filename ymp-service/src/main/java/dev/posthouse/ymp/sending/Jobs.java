package dev.posthouse.ymp.sending;

import dev.posthouse.common.database.DatabaseAway;
import dev.posthouse.ymp.peer.PeerPolicy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The jobs under way, each on a thread of its own. */
@Singleton
final class Jobs {

    private static final Logger LOG = Logger.getLogger(Jobs.class);

    /** Each may hold a packet or two in memory. */
    private static final int AT_ONCE = 64;

    /** A call's longest, and what is recorded after it. */
    private static final int GRACE_SECONDS = 12;

    private final PeerPolicy policy;
    private final SendToHost send;
    private final RecordFailure failures;
    private final Semaphore free = new Semaphore(AT_ONCE);

    Jobs(PeerPolicy policy, SendToHost send, RecordFailure failures) {
        this.policy = policy;
        this.send = send;
        this.failures = failures;
    }

    /** How many may still be started. */
    int free() {
        return free.availablePermits();
    }

    /** Starts one for each claim, of which there are no more than are free. */
    void start(List<Claim> claims, Consumer<Job> ended) {
        for (Claim claim : claims) {
            free.acquireUninterruptibly();
            Thread.ofVirtual().name("send").start(() -> work(new Job(claim), ended));
        }
    }

    /** What waits for a host that the list no longer has is kept, and given up in the end. */
    private void work(Job job) {
        if (policy.admits(job.host())) {
            send.send(job);
        } else {
            failures.failed(job, "host.forbidden", Duration.ZERO);
        }
    }

    private void work(Job job, Consumer<Job> ended) {
        try {
            work(job);
        } catch (RuntimeException | Error failure) {
            // The lease runs out, and somebody takes the host up again.
            DatabaseAway.in(failure)
                    .ifPresentOrElse(
                            away ->
                                    LOG.warnf(
                                            "Sending to %s waits for the database: %s",
                                            job.host(), away.getClass().getSimpleName()),
                            () -> LOG.errorf(failure, "Sending to %s failed", job.host()));
        } finally {
            free.release();
            ended.accept(job);
        }
    }

    /** Lets those under way end. */
    void close() {
        send.stop();
        try {
            if (!free.tryAcquire(AT_ONCE, GRACE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("Some hosts are still being sent to; they are left to their leases");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
