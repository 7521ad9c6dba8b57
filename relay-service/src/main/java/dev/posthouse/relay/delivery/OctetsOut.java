package dev.posthouse.relay.delivery;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/**
 * How many octets of parcels are in memory on their way out, in all. They stay there until the peer
 * has answered, so a few peers that are slow to take long parcels fill the room for those: the
 * usual ones have a room of their own.
 */
@Singleton
final class OctetsOut {

    /** The longest parcel of the usual kind. */
    static final int USUAL = 64 * 1024;

    private static final int KIBIBYTE = 1024;

    /** Thousands, as long as most are. */
    private static final int ROOM_FOR_USUAL = 8 * 1024;

    /** Two of the longest. */
    private static final int ROOM_FOR_LONG = 16 * 1024;

    /** Both fair: the longest of each have their turn as well. */
    private final Semaphore usual = new Semaphore(ROOM_FOR_USUAL, true);

    private final Semaphore lengthy = new Semaphore(ROOM_FOR_LONG, true);

    void take(int octets) {
        room(octets).acquireUninterruptibly(kibibytes(octets));
    }

    void giveBack(int octets) {
        room(octets).release(kibibytes(octets));
    }

    private Semaphore room(int octets) {
        return octets <= USUAL ? usual : lengthy;
    }

    private static int kibibytes(int octets) {
        return octets / KIBIBYTE + 1;
    }
}
