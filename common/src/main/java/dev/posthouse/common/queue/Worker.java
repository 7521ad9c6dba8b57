package dev.posthouse.common.queue;

import dev.posthouse.common.database.DatabaseAway;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs rounds of work on a thread of its own: at once when woken, and at every tick for what nobody
 * announced (a lease that ran out, a row of another replica). A round that fails is logged and
 * tried again at the next tick.
 */
public final class Worker implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Worker.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Duration tick;
    private final BooleanSupplier round;
    private final Semaphore wakes = new Semaphore(0);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param name of the thread, for logs
     * @param tick the longest pause between two rounds
     * @param round does what there is to do and says whether there may be more right away
     */
    public Worker(String name, Duration tick, BooleanSupplier round) {
        this.tick = tick;
        this.round = round;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Begins. */
    public Worker start() {
        thread.start();
        return this;
    }

    /** There is work: do not wait for the tick. */
    public void wake() {
        wakes.release();
    }

    private void run() {
        try {
            while (stop.getCount() > 0) {
                wakes.drainPermits();
                if (!worked()) {
                    wakes.tryAcquire(tick.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean worked() throws InterruptedException {
        try {
            return round.getAsBoolean();
        } catch (RuntimeException | Error failure) {
            // An Error too: work that nobody does any more looks like a service that is well.
            if (stop.getCount() > 0) {
                log(failure);
            }
            // A failing database is not asked again by every wake.
            stop.await(tick.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        }
    }

    private void log(Throwable failure) {
        DatabaseAway.in(failure)
                .ifPresentOrElse(
                        away ->
                                LOG.log(
                                        System.Logger.Level.WARNING,
                                        "{0} waits for the database: {1}",
                                        thread.getName(),
                                        away.getClass().getSimpleName()),
                        () ->
                                LOG.log(
                                        System.Logger.Level.WARNING,
                                        thread.getName() + " failed",
                                        failure));
    }

    /** Stops after the round under way, which gets five seconds. */
    @Override
    public void close() {
        stop.countDown();
        wakes.release();
        try {
            if (!thread.join(GRACE)) {
                thread.interrupt();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
