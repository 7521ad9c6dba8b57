package dev.posthouse.relay.delivery;

import dev.posthouse.common.queue.Backoff;
import dev.posthouse.relay.RelayConfig;
import dev.posthouse.relay.outbound.Waiting;
import java.time.Duration;
import java.time.Instant;

/**
 * When a parcel is sent again, and a peer looked at again (PoHTTP, section 9): {@code first}·2ⁿ⁻¹,
 * at most {@code cap}, a fifth more or less. Never past the parcel's expiry; instead of that there
 * is one last attempt shortly before it.
 *
 * @param backoff the delays
 */
record Schedule(Backoff backoff) {

    /** How long before its expiry a parcel is sent for the last time. */
    static final Duration LAST = Duration.ofSeconds(5);

    /** How long after one last attempt in vain the same peer hears of another. */
    static final Duration BETWEEN_LAST = Duration.ofSeconds(5);

    /** Attempts in a row that fail until a peer is left alone but for one. */
    static final int BREAKS_AT = 5;

    private static final double LEAST = 0.8;
    private static final double SPREAD = 0.4;

    static Schedule of(RelayConfig.Delivery settings) {
        return new Schedule(new Backoff(settings.firstRetry(), settings.retryCap()));
    }

    /** The delay after so many attempts of a parcel; {@code chance} is from 0 to 1. */
    Duration delay(int attempts, double chance) {
        double millis = backoff.bound(attempts).toMillis();
        return Duration.ofMillis(Math.round(millis * (LEAST + SPREAD * chance)));
    }

    /** How long a peer is left alone that has failed so often in a row; zero if it is not. */
    Duration pause(int failures, double chance) {
        return failures < BREAKS_AT ? Duration.ZERO : delay(failures - BREAKS_AT + 1, chance);
    }

    /**
     * When a parcel may be sent again.
     *
     * @param asked what the peer has asked for: the delay is no shorter
     */
    Instant next(Waiting parcel, Duration asked, double chance, Instant now) {
        Duration delay = delay(parcel.attempts() + 1, chance);
        Instant due = now.plus(delay.compareTo(asked) > 0 ? delay : asked);
        Instant last = last(parcel, now);
        if (!due.isAfter(last)) {
            return due;
        }
        boolean over = wasLast(parcel) || !last.isAfter(now);
        Instant allowed = now.plus(asked);
        return over ? parcel.expires() : allowed.isAfter(last) ? allowed : last;
    }

    /** A parcel of a short life has its last attempt in the middle of what is left. */
    private static Instant last(Waiting parcel, Instant now) {
        Instant middle = now.plus(Duration.between(now, parcel.expires()).dividedBy(2));
        Instant last = parcel.expires().minus(LAST);
        return last.isAfter(now) || wasLast(parcel) ? last : middle;
    }

    private static boolean wasLast(Waiting parcel) {
        return parcel.dueAt() != null && isLast(parcel, parcel.dueAt());
    }

    /** When a parcel is sent for the last time, be its peer left alone or not. */
    static Instant lastAttempt(Waiting parcel) {
        Instant last = parcel.expires().minus(LAST);
        return parcel.dueAt() != null && parcel.dueAt().isAfter(last) ? parcel.dueAt() : last;
    }

    /** Whether an attempt then is the last one. */
    static boolean isLast(Waiting parcel, Instant due) {
        return !due.isBefore(parcel.expires().minus(LAST)) && due.isBefore(parcel.expires());
    }
}
