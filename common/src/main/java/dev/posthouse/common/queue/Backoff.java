package dev.posthouse.common.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try (certificates, section 9): {@code first}·2ⁿ, at most {@code
 * cap}, full jitter.
 *
 * @param first the longest wait before the first retry
 * @param cap the longest wait before any
 */
public record Backoff(Duration first, Duration cap) {

    private static final int MOST_DOUBLINGS = 30;

    /**
     * @param attempts how many were made, at least 1
     * @return between zero and the bound of that attempt
     */
    public Duration after(int attempts, RandomGenerator random) {
        return Duration.ofMillis(random.nextLong(bound(attempts).toMillis() + 1));
    }

    /** The longest wait after that many attempts. */
    public Duration bound(int attempts) {
        int doublings = Math.clamp(attempts - 1L, 0, MOST_DOUBLINGS);
        Duration doubled = first.multipliedBy(1L << doublings);
        return doubled.compareTo(cap) < 0 ? doubled : cap;
    }
}
