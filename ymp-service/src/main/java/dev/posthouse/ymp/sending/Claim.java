package dev.posthouse.ymp.sending;

import dev.posthouse.common.guard.HostName;
import java.time.Duration;
import java.time.Instant;

/**
 * A host that one job may send to until its lease runs out.
 *
 * @param host whom to
 * @param lease until then, which also tells this claim from a later one
 * @param failures so many in a row
 * @param refused whether a packet got 401 since the last that was taken
 * @param times what happened, and what is waited for
 */
record Claim(HostName host, Instant lease, int failures, boolean refused, Times times) {

    /** The least time from one request for a token to the next (YMP, section 4). */
    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(1);

    /**
     * Each may be null.
     *
     * @param backoffUntil no packet and no request before
     * @param askedAt the last request for a token
     * @param awaitingUntil its grant is waited for
     */
    record Times(Instant backoffUntil, Instant askedAt, Instant awaitingUntil) {}

    /** Whether nothing may be asked of the host or sent to it. */
    boolean pauses(Instant now) {
        return isAfter(times.backoffUntil, now);
    }

    /** Whether a grant may still come. */
    boolean awaits(Instant now) {
        return isAfter(times.awaitingUntil, now);
    }

    /** Whether a grant did not come. */
    boolean awaitedInVain(Instant now) {
        return times.awaitingUntil != null && !awaits(now);
    }

    /** When a token may be asked for again. */
    Instant nextRequest() {
        return times.askedAt == null ? Instant.EPOCH : times.askedAt.plus(BETWEEN_REQUESTS);
    }

    /** Whether a token has been asked for since then. */
    boolean hasAskedSince(Instant then) {
        return times.askedAt != null && !times.askedAt.isBefore(then);
    }

    private static boolean isAfter(Instant until, Instant now) {
        return until != null && until.isAfter(now);
    }
}
