package dev.posthouse.ca.publication;

import dev.posthouse.common.queue.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** What came of one attempt to deliver (certificates, section 9). */
sealed interface Result {

    /** What was attempted. */
    Deliveries.Claimed claimed();

    /**
     * The repository has it.
     *
     * @param claimed what
     * @param at when it said so
     */
    record Delivered(Deliveries.Claimed claimed, Instant at) implements Result {}

    /**
     * Trouble that may pass, or our own misconfiguration.
     *
     * @param claimed what
     * @param atLeast the pause the repository asked for
     */
    record Postponed(Deliveries.Claimed claimed, Duration atLeast) implements Result {
        Duration pause(Backoff backoff, RandomGenerator random) {
            Duration pause = backoff.after(claimed.attempts(), random);
            return pause.compareTo(atLeast) < 0 ? atLeast : pause;
        }
    }

    /**
     * The repository will never take it.
     *
     * @param claimed what
     * @param failure status and code
     */
    record Failed(Deliveries.Claimed claimed, String failure) implements Result {}
}
