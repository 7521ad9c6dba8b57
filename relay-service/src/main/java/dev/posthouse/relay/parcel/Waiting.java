package dev.posthouse.relay.parcel;

import java.util.UUID;

/**
 * A parcel that waits for its private gateway.
 *
 * @param seq its place; a new version of it has a later one
 * @param delivery what this version of it is acknowledged by
 * @param size how many octets
 * @param octets as received
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
public record Waiting(long seq, UUID delivery, int size, byte[] octets) {}
