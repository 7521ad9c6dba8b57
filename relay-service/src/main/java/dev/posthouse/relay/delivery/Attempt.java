package dev.posthouse.relay.delivery;

import dev.posthouse.relay.outbound.Waiting;

/**
 * One attempt to deliver a parcel, and what came of it.
 *
 * @param parcel which
 * @param outcome what came of it
 */
record Attempt(Waiting parcel, Outcome outcome) {}
