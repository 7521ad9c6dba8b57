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
 * @param challenge how to authenticate: {@code WWW-Authenticate}
 */
public record Refusal(
        int status,
        String code,
        String detail,
        Optional<Duration> retryAfter,
        Optional<String> challenge) {

    /** A refusal that asks for nothing. */
    public Refusal(int status, String code, String detail, Optional<Duration> retryAfter) {
        this(status, code, detail, retryAfter, Optional.empty());
    }

    /** A refusal that waiting does not mend. */
    public static Refusal of(int status, String code, String detail) {
        return new Refusal(status, code, detail, Optional.empty());
    }

    /** A refusal that ends by itself. */
    public static Refusal retry(int status, String code, String detail, Duration after) {
        return new Refusal(status, code, detail, Optional.of(after));
    }

    /** A refusal of whoever does not show, or shows no good, credentials: 401. */
    public static Refusal challenge(String code, String detail, String challenge) {
        return new Refusal(401, code, detail, Optional.empty(), Optional.of(challenge));
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
