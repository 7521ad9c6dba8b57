package dev.posthouse.relay.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/**
 * A parcel that waits, as an operator sees it: its octets are nobody's affair.
 *
 * @param seq its place
 * @param id SHA-256 of what it is known by, as events name it
 * @param recipient the endpoint that it is for
 * @param sender who signed it
 * @param octets how many
 * @param times of it
 * @param sentBy the gateway it came from, as that says; null if it did not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record QueuedParcel(
        long seq,
        String id,
        String recipient,
        String sender,
        int octets,
        @JsonUnwrapped Times times,
        @JsonProperty("sent_by") String sentBy) {

    /**
     * Its times.
     *
     * @param created as its sender says
     * @param arrived here
     * @param expires when it is forgotten
     */
    record Times(Instant created, Instant arrived, Instant expires) {}
}
