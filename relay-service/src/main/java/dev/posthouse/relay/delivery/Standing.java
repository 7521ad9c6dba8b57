package dev.posthouse.relay.delivery;

import java.time.Instant;
import java.util.Optional;

/**
 * How a peer has behaved.
 *
 * @param failures attempts in a row that failed
 * @param pauseUntil nothing is sent to it before but parcels for the last time; null if it is not
 *     left alone
 * @param restUntil nothing at all is sent to it before; null for no such time
 */
record Standing(int failures, Instant pauseUntil, Instant restUntil) {

    Standing(int failures, Instant pauseUntil) {
        this(failures, pauseUntil, null);
    }

    /** Whether it is left alone. */
    boolean pauses(Instant now) {
        return pauseUntil != null && pauseUntil.isAfter(now);
    }

    /** Whether it is not even sent a parcel for the last time. */
    boolean rests(Instant now) {
        return restUntil != null && restUntil.isAfter(now);
    }

    /** Whether it is sent one parcel at a time. */
    boolean isProbed() {
        return failures >= Schedule.BREAKS_AT;
    }

    /** It has answered as it should; what it has asked for stays. */
    Standing sound() {
        return new Standing(0, restUntil, restUntil);
    }

    /** It has not; it is left alone until then at least. */
    Standing failed(Instant until) {
        return new Standing(failures + 1, later(pauseUntil, until), restUntil);
    }

    /** It is left alone until then, through no fault of its own. */
    Standing pausing(Instant until) {
        return new Standing(failures, later(pauseUntil, until), restUntil);
    }

    /** Neither is it sent a parcel for the last time until then. */
    Standing resting(Instant until) {
        return new Standing(failures, pauseUntil, later(restUntil, until));
    }

    /** It wants nothing until then. */
    Standing asked(Instant until) {
        return new Standing(failures, later(pauseUntil, until), later(restUntil, until));
    }

    /**
     * When it is sent to again, while it is left alone.
     *
     * @param last when a parcel is to be sent for the last time
     */
    Instant next(Optional<Instant> last) {
        return last.map(moment -> later(restUntil, moment))
                .filter(moment -> moment.isBefore(pauseUntil))
                .orElse(pauseUntil);
    }

    private static Instant later(Instant one, Instant other) {
        return one != null && one.isAfter(other) ? one : other;
    }
}
