package dev.posthouse.relay.delivery;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Room that is taken in the order in which it was asked for. Nobody waits for long, since all peers
 * share the jobs that would; except for one at a time, which waits until there is enough: else who
 * needs much would always find too little.
 */
final class Room {

    private final Semaphore free;
    private final Semaphore next = new Semaphore(1);
    private final Patience patience;

    Room(int size, Patience patience) {
        this.free = new Semaphore(size, true);
        this.patience = patience;
    }

    /**
     * How long is waited.
     *
     * @param usual by all
     * @param ofNext by the one that waits on
     */
    record Patience(Duration usual, Duration ofNext) {}

    /** Whether so much was taken. */
    boolean take(int size) {
        return acquired(size, patience.usual()) || waitedOn(size);
    }

    private boolean waitedOn(int size) {
        if (!next.tryAcquire()) {
            return false;
        }
        try {
            return acquired(size, patience.ofNext());
        } finally {
            next.release();
        }
    }

    private boolean acquired(int size, Duration most) {
        try {
            return free.tryAcquire(size, most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void giveBack(int size) {
        free.release(size);
    }
}
