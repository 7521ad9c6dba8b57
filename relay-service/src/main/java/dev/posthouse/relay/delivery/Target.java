package dev.posthouse.relay.delivery;

import dev.posthouse.common.call.CallUrl;
import dev.posthouse.common.guard.StrangerGuard;

/**
 * Where a parcel goes first.
 *
 * @param peer what is claimed for it, and how that has behaved counts
 * @param url where
 * @param guard who says whether it may
 */
record Target(String peer, CallUrl url, StrangerGuard guard) {}
