package dev.posthouse.ymp.sending;

import dev.posthouse.ymp.Unhurried;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The sender's transactions: a few at a time, so that many slow hosts leave the doors theirs. */
@Singleton
final class Turns {

    private static final int AT_ONCE = 4;

    private final Semaphore free = new Semaphore(AT_ONCE);

    /** What must not be lost. */
    void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }

    /** The same. */
    <T> T call(Callable<T> work) {
        return inTurn(() -> QuarkusTransaction.requiringNew().call(work));
    }

    /** What is the host's turn, which a lease may end as well. */
    <T> T callUnhurried(Callable<T> work) {
        return inTurn(() -> Unhurried.call(work));
    }

    /** The same. */
    void runUnhurried(Runnable work) {
        inTurn(() -> {
            Unhurried.run(work);
            return null;
        });
    }

    private <T> T inTurn(Supplier<T> transaction) {
        free.acquireUninterruptibly();
        try {
            return transaction.get();
        } finally {
            free.release();
        }
    }
}
