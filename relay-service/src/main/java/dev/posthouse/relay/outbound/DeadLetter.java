package dev.posthouse.relay.outbound;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/**
 * A parcel that is not sent any more, as an operator sees it: without what is in it.
 *
 * @param seq its place, by which it can be driven again
 * @param id what it is called in events
 * @param peer the Internet address it was for
 * @param kept what is kept of it
 * @param fate what became of it
 */
public record DeadLetter(
        long seq, String id, String peer, @JsonUnwrapped Kept kept, @JsonUnwrapped Fate fate) {

    /**
     * What is kept of it.
     *
     * @param recipient the endpoint, or where to
     * @param octets how many
     * @param arrived when it was accepted
     * @param expires when it is forgotten
     */
    public record Kept(String recipient, int octets, Instant arrived, Instant expires) {}

    /**
     * What became of it.
     *
     * @param dead since when
     * @param reason the peer's last status, or a fixed word
     * @param attempts how often it was sent in vain
     */
    public record Fate(Instant dead, String reason, int attempts) {}
}
