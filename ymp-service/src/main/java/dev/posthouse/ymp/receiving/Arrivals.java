package dev.posthouse.ymp.receiving;

import dev.posthouse.common.queue.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes those who wait for messages: at once for a packet that this instance took, within a second
 * for others. Who waits has no transaction and no connection: one query a second serves all.
 */
@Singleton
final class Arrivals {

    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final Loads loads;
    private final Worker glances;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private long changes;
    private long taken;
    private boolean over;

    Arrivals(Loads loads, MeterRegistry metrics) {
        this.loads = loads;
        this.glances = new Worker("arrivals", GLANCE, this::glance).start();
        metrics.gauge("posthouse.ymp.inbox.waiting", waiting);
    }

    /** Something has been committed to the inbox. */
    void arrived() {
        lock.lock();
        try {
            changes++;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How often something has arrived: to be asked before one looks. */
    long seen() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for something that one has not seen.
     *
     * @return whether it is worth while to look again
     */
    boolean await(long seen, Duration most) {
        waiting.incrementAndGet();
        lock.lock();
        try {
            long left = most.toNanos();
            while (changes == seen && !over && left > 0) {
                left = change.awaitNanos(left);
            }
            return changes != seen;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
            waiting.decrementAndGet();
        }
    }

    /** Whether waiting has come to an end. */
    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    private boolean glance() {
        if (waiting.get() > 0) {
            long now = QuarkusTransaction.requiringNew().call(loads::taken);
            if (now != taken) {
                taken = now;
                arrived();
            }
        }
        return false;
    }

    /** Nobody waits any longer: the service is about to stop. */
    void end(@Observes ShutdownDelayInitiatedEvent stopping) {
        lock.lock();
        try {
            over = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @PreDestroy
    void stop() {
        glances.close();
    }
}
