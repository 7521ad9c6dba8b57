package dev.posthouse.relay.outbound;

/**
 * Fired within this instance after a parcel for a peer has been committed, or may be sent again.
 *
 * @param peer which
 */
public record ParcelDue(String peer) {}
