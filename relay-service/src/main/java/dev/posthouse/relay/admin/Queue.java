package dev.posthouse.relay.admin;

import java.time.Instant;

/**
 * What waits for a private gateway.
 *
 * @param gateway its id
 * @param parcels how many
 * @param octets how long together
 * @param oldest since when the first waits
 */
record Queue(String gateway, long parcels, long octets, Instant oldest) {}
