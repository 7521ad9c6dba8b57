package dev.posthouse.relay.delivery;

import java.util.UUID;

/**
 * A peer that one job may send to until its lease runs out.
 *
 * @param peer its URL, or what stands for that: see {@link Targets}
 * @param holder tells this claim from others
 * @param standing how the peer has behaved
 * @param sound whether its last attempt was answered
 */
record Claim(String peer, UUID holder, Standing standing, boolean sound) {

    /** Of a peer that nobody has heard of. */
    Claim(String peer, UUID holder, Standing standing) {
        this(peer, holder, standing, false);
    }
}
