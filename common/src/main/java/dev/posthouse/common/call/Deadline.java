package dev.posthouse.common.call;

import dev.posthouse.common.call.CallFailed.Reason;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * A moment until which a caller waits, whatever it waits for.
 *
 * @param nanos of {@link System#nanoTime}
 */
record Deadline(long nanos) {

    private static final int SHARES = 3;

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /**
     * One of several turns: all that is left for the last, else a fair part, and never less than a
     * third, so that a name with a hundred addresses has time for some.
     */
    Deadline turn(int turns) {
        return new Deadline(nanos - left() + left() / Math.min(turns, SHARES));
    }

    /** This, or a moment that far away where that comes sooner. */
    Deadline within(Duration time) {
        return new Deadline(System.nanoTime() + Math.min(left(), time.toNanos()));
    }

    /**
     * How long still.
     *
     * @return at least 1
     * @throws IllegalArgumentException when it is over
     */
    int millisLeft() {
        long millis = left() / 1_000_000;
        if (millis < 1) {
            throw new IllegalArgumentException("It is over.");
        }
        return Math.toIntExact(millis);
    }

    private long left() {
        return nanos - System.nanoTime();
    }

    /**
     * Waits for what the library promised.
     *
     * @param late what it is when it does not come
     * @param failed what it is when it fails
     */
    <T> T await(Future<T> promised, Reason late, Function<Throwable, CallFailed> failed) {
        try {
            return promised.toCompletionStage()
                    .toCompletableFuture()
                    .get(left(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException passed) {
            throw new CallFailed(late);
        } catch (ExecutionException failure) {
            throw failed.apply(failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CallFailed(Reason.CLOSED);
        }
    }
}
