package dev.posthouse.relay.parcel;

import dev.posthouse.common.trace.Traces;
import dev.posthouse.relay.RelayException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Answers whoever delivers a parcel before it gives up, however long the database takes (PoHTTP,
 * sections 8 and 11.1). What takes longer goes on without it: a parcel that is stored after all is
 * known as a repeat when it comes again.
 */
public final class InTime {

    private static final Logger LOG = Logger.getLogger(InTime.class);

    /** Senders wait for three seconds; the rest is for the way. */
    static final Duration MOST = Duration.ofMillis(2_500);

    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    private InTime() {}

    /**
     * Does it on a thread of its own.
     *
     * @throws RelayException also if it takes too long
     */
    public static void run(Runnable work) {
        String trace = Traces.current();
        FutureTask<Void> task =
                new FutureTask<>(() -> {
                    Traces.resume(
                            trace,
                            () -> {
                                work.run();
                                return true;
                            });
                    return null;
                });
        Thread.ofVirtual().name("parcel").start(task);
        await(task);
    }

    private static void await(FutureTask<Void> task) {
        try {
            task.get(MOST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.warnf("A parcel has not been taken within %s ms", MOST.toMillis());
            throw RelayException.unavailable(
                    "dependency.database", "The service cannot work just now.", COME_AGAIN);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The service is stopping.", stopped);
        } catch (ExecutionException failure) {
            throw unchecked(failure.getCause());
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(failure);
        };
    }
}
