package dev.posthouse.relay.delivery;

import java.time.Instant;

/**
 * How a peer has behaved.
 *
 * @param failures attempts in a row that failed
 * @param pauseUntil nothing is sent to it before; null if it was never left alone
 */
record Standing(int failures, Instant pauseUntil) {

    /** Whether it is left alone. */
    boolean pauses(Instant now) {
        return pauseUntil != null && pauseUntil.isAfter(now);
    }

    /** Whether it is sent one parcel at a time. */
    boolean isProbed() {
        return failures >= Schedule.BREAKS_AT;
    }

    /** It has answered as it should. */
    Standing sound() {
        return new Standing(0, pauseUntil);
    }

    /** It has not; it is left alone until then at least. */
    Standing failed(Instant until) {
        boolean longer = pauseUntil == null || until.isAfter(pauseUntil);
        return new Standing(failures + 1, longer ? until : pauseUntil);
    }
}
