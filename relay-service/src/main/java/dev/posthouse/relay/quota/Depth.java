package dev.posthouse.relay.quota;

/**
 * How much waits somewhere.
 *
 * @param parcels how many
 * @param octets how long together
 */
record Depth(long parcels, long octets) {

    static final Depth NONE = new Depth(0, 0);

    Depth plus(int size) {
        return new Depth(parcels + 1, octets + size);
    }
}
