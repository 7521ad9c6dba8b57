package dev.posthouse.relay.collection;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/**
 * What connections need of the database: beside their event loops, and a few at a time, so that
 * many that collect leave the doors theirs.
 */
@Singleton
final class Turns {

    private static final int AT_ONCE = 4;

    private final Semaphore free = new Semaphore(AT_ONCE, true);

    /** Does it, when its turn comes. */
    void start(Runnable work) {
        Thread.ofVirtual().name("collection").start(() -> take(work));
    }

    private void take(Runnable work) {
        free.acquireUninterruptibly();
        try {
            work.run();
        } finally {
            free.release();
        }
    }
}
