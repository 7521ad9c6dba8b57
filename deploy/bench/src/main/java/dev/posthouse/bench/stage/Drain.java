package dev.posthouse.bench.stage;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What goes on behind a door after it has answered.
 *
 * @param nanos when it had come to its end, by {@link System#nanoTime}
 * @param missing what had not when patience ended
 */
public record Drain(long nanos, long missing) {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration STEP = Duration.ofMillis(20);

    /** Waits until that much is done. */
    public static Drain await(LongSupplier done, long target) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long reached = done.getAsLong();
        while (reached < target && System.nanoTime() < end) {
            pause();
            reached = done.getAsLong();
        }
        return new Drain(System.nanoTime(), Math.max(0, target - reached));
    }

    private static void pause() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What is missing, as errors. */
    public Map<String, Long> errors() {
        return missing == 0 ? Map.of() : Map.of("never came", missing);
    }
}
