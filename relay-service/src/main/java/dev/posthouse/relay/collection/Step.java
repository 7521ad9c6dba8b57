package dev.posthouse.relay.collection;

import dev.posthouse.relay.parcel.Waiting;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What is to be done next on a connection. */
sealed interface Step {

    /**
     * Send a message.
     *
     * @param octets all of it
     */
    @SuppressWarnings("ArrayRecordComponent") // Done at once, never compared.
    record Say(byte[] octets) implements Step {}

    /**
     * Find out who signed the challenge.
     *
     * @param signature over it
     */
    @SuppressWarnings("ArrayRecordComponent") // Done at once, never compared.
    record Judge(byte[] signature) implements Step {}

    /**
     * Look for parcels.
     *
     * @param known those that need not be found again
     */
    record Look(Set<UUID> known) implements Step {}

    /**
     * Look which of these still wait.
     *
     * @param next the next to be sent
     */
    record LookAgain(List<UUID> next) implements Step {}

    /**
     * Send a parcel, and nothing else until it is sent.
     *
     * @param parcel which
     */
    record Deliver(Waiting parcel) implements Step {}

    /**
     * Record that these have been collected.
     *
     * @param acknowledged their delivery ids
     */
    record Forget(Set<UUID> acknowledged) implements Step {}

    /**
     * Close the connection.
     *
     * @param ending why
     */
    record Close(Ending ending) implements Step {}
}
