package dev.posthouse.relay.delivery;

import java.time.Duration;

/**
 * What came of one attempt (PoHTTP, section 9).
 *
 * <pre>
 *   2xx                                Taken       delivered
 *   408, 421, 425, 429, 5xx, 3xx       Later       the same again after a pause
 *   no answer, a redirect to nowhere   Later
 *   other 4xx                          Refused     a dead letter
 *   nowhere to send it to              Unsendable  likewise, but nothing is known of the peer
 *   the database does not give it out  Withheld    the same again after a pause; likewise
 *   a host that answers is found late  Unasked     the same again after a pause; likewise
 *   no place at its host, or no room   Crowded     the same again, once others had their turn
 *   a route leads elsewhere by now     Elsewhere   it is another peer's
 *   delivered, replaced or expired     Gone        nothing was sent
 *   we are shutting down               Stopped     the same again, by whoever comes
 * </pre>
 */
sealed interface Outcome {

    /** For metrics, logs and dead letters: a fixed word, or the status. */
    String code();

    /** The peer has it. */
    record Taken(String code) implements Outcome {}

    /**
     * Not now.
     *
     * @param code why
     * @param after what the peer asks for, zero if nothing
     * @param wholePeer whether it asks that for all parcels
     */
    record Later(String code, Duration after, boolean wholePeer) implements Outcome {}

    /** Never. */
    record Refused(String code) implements Outcome {}

    /** Never, and nobody was asked. */
    record Unsendable(String code) implements Outcome {}

    /** Not now, and nobody was asked. */
    record Withheld() implements Outcome {
        @Override
        public String code() {
            return "database";
        }
    }

    /** Not now, and nobody was asked: it may be us. */
    record Unasked(String code) implements Outcome {}

    /**
     * Not now, and nobody was asked: what its host has not answered yet is enough, or what all have
     * not.
     */
    record Crowded() implements Outcome {
        @Override
        public String code() {
            return "crowded";
        }
    }

    /**
     * Nobody was asked: it waits for another peer.
     *
     * @param peer which
     */
    record Elsewhere(String peer) implements Outcome {
        @Override
        public String code() {
            return "elsewhere";
        }
    }

    /** There is nothing to send any more. */
    record Gone() implements Outcome {
        @Override
        public String code() {
            return "gone";
        }
    }

    /** Nobody knows; it was given up on our side. */
    record Stopped() implements Outcome {
        @Override
        public String code() {
            return "stopped";
        }
    }
}
