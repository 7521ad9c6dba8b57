package dev.posthouse.relay.parcel;

import java.time.Instant;
import java.util.UUID;

/**
 * A parcel that waits for its private gateway.
 *
 * @param seq its place; a new version of it has a later one
 * @param delivery what this version of it is acknowledged by
 * @param size how many octets
 * @param expires when it must not be handed out any more
 * @param octets as received; of a long one the first
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
public record Waiting(long seq, UUID delivery, int size, Instant expires, byte[] octets) {}
