package dev.posthouse.relay.delivery;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/** Delivery's transactions: a few at a time, so that many slow peers leave the doors theirs. */
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
}
