package dev.posthouse.client.https;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt (certificates, section 8): the greater of what the
 * server asks for and 1·2ⁿ s, at most 60 s, ±20 %.
 *
 * @param random spreads clients that failed together
 */
public record RetryPolicy(RandomGenerator random) {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int DOUBLINGS_TO_CAP = 6;
    private static final Duration CAP = Duration.ofSeconds(60);
    private static final double JITTER = 0.2;

    /**
     * The pause after a failed attempt.
     *
     * @param attempt counted from 0
     * @param asked what the server asked for, or zero
     */
    Duration pause(int attempt, Duration asked) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(attempt, DOUBLINGS_TO_CAP));
        Duration backoff = doubled.compareTo(CAP) > 0 ? CAP : doubled;
        double factor = 1 + random.nextDouble(-JITTER, JITTER);
        Duration spread = Duration.ofMillis(Math.round(backoff.toMillis() * factor));
        return asked.compareTo(spread) > 0 ? asked : spread;
    }
}
