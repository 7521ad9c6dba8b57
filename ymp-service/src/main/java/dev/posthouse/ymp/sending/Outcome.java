package dev.posthouse.ymp.sending;

import java.time.Duration;

/**
 * What a host made of a packet (YMP, section 6).
 *
 * <pre>
 *   204                                  Taken     the next packet
 *   401                                  TokenVoid another token, then the same again
 *   408, 425, 429, 5xx, no answer        Later     the same again after a pause
 *   2xx but 204, 3xx: none of the sheet's Later     likewise; a redirect is never followed
 *   any other 4xx                        Refused   the halves; a single message is dead
 *   we are shutting down                 Stopped   the same again, by whoever comes
 * </pre>
 */
sealed interface Outcome {

    /** For metrics, logs and dead letters: a fixed word, or the status. */
    String code();

    /** It is in the host's inbox. */
    record Taken() implements Outcome {
        @Override
        public String code() {
            return "204";
        }
    }

    /** The token counts no longer. */
    record TokenVoid() implements Outcome {
        @Override
        public String code() {
            return "401";
        }
    }

    /**
     * Not now.
     *
     * @param code why
     * @param after what the host asks for, zero if nothing
     */
    record Later(String code, Duration after) implements Outcome {}

    /**
     * Never as it is.
     *
     * @param code the status
     */
    record Refused(String code) implements Outcome {}

    /** Nobody knows; it was given up on our side. */
    record Stopped() implements Outcome {
        @Override
        public String code() {
            return "stopped";
        }
    }
}
