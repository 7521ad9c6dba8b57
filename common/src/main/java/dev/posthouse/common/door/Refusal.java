package dev.posthouse.common.door;

import dev.posthouse.common.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/**
 * What a door says no with, before it is written as a problem.
 *
 * @param status the HTTP status
 * @param code a fixed machine word
 * @param detail one sentence for people
 * @param retryAfter when the same may be tried again, if ever
 */
public record Refusal(int status, String code, String detail, Optional<Duration> retryAfter) {

    /** A refusal that waiting does not mend. */
    public static Refusal of(int status, String code, String detail) {
        return new Refusal(status, code, detail, Optional.empty());
    }

    /** A refusal that ends by itself. */
    public static Refusal retry(int status, String code, String detail, Duration after) {
        return new Refusal(status, code, detail, Optional.of(after));
    }

    /** As the body of the answer to that request. */
    public Problem problem(String requestId) {
        return Problem.of(status, code, detail, requestId);
    }

    /** Whole seconds for {@code Retry-After}, at least 1. */
    public static long seconds(Duration after) {
        return Math.max(1, after.plusSeconds(1).minusNanos(1).toSeconds());
    }
}
