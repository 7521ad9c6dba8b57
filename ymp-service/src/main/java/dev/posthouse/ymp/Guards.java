package dev.posthouse.ymp;

import dev.posthouse.common.guard.StrangerGuard;

/**
 * Whom we may call at all (YMP, section 5). Two guards with the same rules: each has a bounded
 * number of look-ups under way, and names that strangers make up and nobody answers for must not
 * take those of the hosts that we send to.
 *
 * @param ours before hosts that we have messages for
 * @param named before hosts that somebody has named
 */
public record Guards(StrangerGuard ours, StrangerGuard named) {}
