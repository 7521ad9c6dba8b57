package dev.posthouse.relay.quota;

/**
 * How much may wait somewhere; 0 is any.
 *
 * @param parcels how many
 * @param octets how long together
 */
record Limit(long parcels, long octets) {

    /** Whether a parcel of that size is too much where so much waits already. */
    boolean refuses(Depth depth, int size) {
        return (parcels > 0 && depth.parcels() >= parcels)
                || (octets > 0 && depth.octets() + size > octets);
    }
}
