package dev.posthouse.relay.outbound;

import java.time.Instant;

/**
 * A parcel that waits for its delivery, without its octets.
 *
 * @param version which octets
 * @param address where they go
 * @param contentType how they are called
 * @param size how many there are
 * @param attempts how often they have been sent in vain
 * @param dueAt since when they may be sent again; null if they have not been sent
 * @param arrived when the parcel came
 * @param expires when they may be sent no more
 */
public record Waiting(
        Version version,
        String address,
        String contentType,
        int size,
        int attempts,
        Instant dueAt,
        Instant arrived,
        Instant expires) {

    /** The same as if it had waited for that moment. */
    public Waiting due(Instant at) {
        return new Waiting(version, address, contentType, size, attempts, at, arrived, expires);
    }

    /**
     * What is recorded of one version is not recorded of a later one (PoHTTP, section 10).
     *
     * @param seq the parcel's place
     * @param number of its octets
     */
    public record Version(long seq, int number) {}
}
