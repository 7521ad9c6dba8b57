package dev.posthouse.ymp.sending;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/** The sender's transactions: a few at a time, so that many slow hosts leave the doors theirs. */
@Singleton
final class Turns {

    private static final int AT_ONCE = 4;

    private final Semaphore free = new Semaphore(AT_ONCE);

    <T> T call(Callable<T> work) {
        free.acquireUninterruptibly();
        try {
            return QuarkusTransaction.requiringNew().call(work);
        } finally {
            free.release();
        }
    }

    void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }
}
