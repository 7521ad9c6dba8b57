package dev.posthouse.relay.delivery;

import dev.posthouse.common.database.DatabaseAway;
import dev.posthouse.relay.RelayConfig;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The jobs under way, each on a thread of its own. */
@Singleton
final class Jobs {

    private static final Logger LOG = Logger.getLogger(Jobs.class);

    private static final int AT_ONCE = 256;

    /**
     * Of those for any peer; the rest is for peers whose last attempt was answered. Whoever names
     * hosts that never answer holds up those that nobody has heard of, and no others.
     */
    private static final int FOR_ANY = 192;

    private static final int GRACE_SECONDS = 10;
    private static final int AFTER_CUT_SECONDS = 3;

    private final RecordRound records;
    private final MakeAttempt attempts;
    private final DeliveryMetrics metrics;
    private final Schedule schedule;
    private final Clock clock;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Semaphore freeForAny = new Semaphore(FOR_ANY);
    private final Map<String, DeliverToPeer> running = new ConcurrentHashMap<>();

    Jobs(
            RecordRound records,
            MakeAttempt attempts,
            DeliveryMetrics metrics,
            RelayConfig settings,
            Clock clock) {
        this.records = records;
        this.attempts = attempts;
        this.metrics = metrics;
        this.schedule = Schedule.of(settings.delivery());
        this.clock = clock;
    }

    /** How many may still be started for any peer. */
    int free() {
        return freeForAny.availablePermits();
    }

    /** How many more for peers whose last attempt was answered; never more than there are. */
    int freeForSound() {
        int all = free.availablePermits();
        return Math.max(0, all - freeForAny.availablePermits());
    }

    /** There may be another parcel for a peer that is being sent to. */
    void nudge(String peer) {
        Optional.ofNullable(running.get(peer)).ifPresent(DeliverToPeer::nudge);
    }

    /**
     * Starts one for each claim, of which there are no more than are free.
     *
     * @param ended is told when its peer is due again, as far as is known
     */
    void start(List<Claim> claims, Consumer<Optional<Instant>> ended) {
        start(claims, List.of(freeForAny, free), ended);
    }

    /** The same in the places that are for peers whose last attempt was answered. */
    void startSound(List<Claim> claims, Consumer<Optional<Instant>> ended) {
        start(claims, List.of(free), ended);
    }

    /** Places are given back in that order: see {@link #freeForSound}. */
    private void start(
            List<Claim> claims, List<Semaphore> places, Consumer<Optional<Instant>> ended) {
        for (Claim claim : claims) {
            places.forEach(Semaphore::acquireUninterruptibly);
            DeliverToPeer job =
                    new DeliverToPeer(
                            new PeerJob(claim, schedule, clock.instant()),
                            records,
                            attempts,
                            metrics,
                            clock);
            running.put(claim.peer(), job);
            Thread.ofVirtual().name("deliver").start(() -> work(claim.peer(), job, places, ended));
        }
    }

    private void work(
            String peer,
            DeliverToPeer job,
            List<Semaphore> places,
            Consumer<Optional<Instant>> ended) {
        Optional<Instant> next = Optional.empty();
        try {
            next = job.deliver();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            // The lease runs out, and somebody takes the peer up again.
            DatabaseAway.in(failure)
                    .ifPresentOrElse(
                            away ->
                                    LOG.warnf(
                                            "Sending to %s is left to its lease: %s",
                                            peer, away.getClass().getSimpleName()),
                            () -> LOG.errorf(failure, "Sending to %s failed", peer));
        } finally {
            running.remove(peer, job);
            places.forEach(Semaphore::release);
            ended.accept(next);
        }
    }

    /**
     * Lets those under way end, and after a while does not.
     *
     * @param cut ends the calls that are still waited for
     */
    void close(Runnable cut) {
        running.values().forEach(DeliverToPeer::stop);
        if (!haveEnded(GRACE_SECONDS)) {
            cut.run();
            if (!haveEnded(AFTER_CUT_SECONDS)) {
                LOG.warn("Some peers are still being sent to; they are left to their leases");
            }
        }
    }

    private boolean haveEnded(int seconds) {
        try {
            return free.tryAcquire(AT_ONCE, seconds, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
