package dev.posthouse.relay.delivery;

import dev.posthouse.common.call.CallUrl;
import dev.posthouse.common.guard.StrangerGuard;

/**
 * Where a parcel goes first.
 *
 * @param url where
 * @param guard who says whether it may
 */
record Target(CallUrl url, StrangerGuard guard) {}
