package dev.posthouse.relay.delivery;

import jakarta.inject.Singleton;

/**
 * What an attempt needs before it is made: a place at its host, then room for its octets. Never the
 * other way round: who has room waits for nobody.
 */
@Singleton
final class WayOut {

    private final HostPlaces places;
    private final OctetsOut room;

    WayOut(HostPlaces places, OctetsOut room) {
        this.places = places;
        this.room = room;
    }

    /**
     * Waits for both, and not for long.
     *
     * @param sound whether the peer's last attempt was answered
     * @return whether they were taken
     */
    boolean take(String host, boolean sound, int octets) {
        if (!places.take(host, sound)) {
            return false;
        }
        boolean taken = room.take(octets, sound);
        if (!taken) {
            places.giveBack(host, sound);
        }
        return taken;
    }

    /** What was taken, with the same words. */
    void giveBack(String host, boolean sound, int octets) {
        room.giveBack(octets, sound);
        places.giveBack(host, sound);
    }
}
