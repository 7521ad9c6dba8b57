package dev.posthouse.ymp.granting;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of one grant that was sent.
 *
 * @param outcome what came
 * @param retryAfter the pause the host asked for
 */
record Sent(Outcome outcome, Optional<Duration> retryAfter) {

    enum Outcome {
        /** The host said 204. */
        GRANTED,
        /** It said something else: a redirect is no better than an error. */
        REFUSED,
        /** It knows no such path, or takes no grants there: 404, 405. */
        NOWHERE,
        /** It, or something before it, cannot just now: 429, 502, 503, 504. */
        BUSY,
        /** No connection came about. */
        UNREACHABLE,
        /** There was no answer in time: the host may hold the token, and never will again. */
        TIMEOUT,
        /** TLS failed, or the answer broke off. */
        BROKEN,
        /** It may not be called, or has no address. */
        UNCALLABLE;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Sent of(Outcome outcome) {
        return new Sent(outcome, Optional.empty());
    }
}
