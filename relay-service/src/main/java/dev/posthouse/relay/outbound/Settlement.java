package dev.posthouse.relay.outbound;

import java.time.Instant;

/** What came of one attempt to deliver a parcel (PoHTTP, section 9). */
public sealed interface Settlement {

    /** Which octets were sent. */
    Waiting.Version version();

    /** The peer has taken it. */
    record Delivered(Waiting.Version version) implements Settlement {}

    /**
     * The peer will never take it.
     *
     * @param reason a fixed word, or the status
     */
    record Dead(Waiting.Version version, String reason) implements Settlement {}

    /**
     * Not this time.
     *
     * @param dueAt when it may be sent again
     */
    record Later(Waiting.Version version, Instant dueAt) implements Settlement {}

    /**
     * It was not sent: it is another peer's by now.
     *
     * @param peer which
     */
    record Moved(Waiting.Version version, String peer) implements Settlement {}
}
