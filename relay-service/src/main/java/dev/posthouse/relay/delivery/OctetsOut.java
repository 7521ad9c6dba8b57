package dev.posthouse.relay.delivery;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/**
 * How many octets of parcels are in memory on their way out, in all. They stay there until the peer
 * has answered, so a few peers that are slow to take long parcels fill the room for those: the
 * usual ones have a room of their own. Peers whose last attempt was not answered, and those that
 * nobody has heard of, fill no more than half of either.
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

    private final Semaphore usualOfOthers = new Semaphore(ROOM_FOR_USUAL / 2, true);
    private final Semaphore lengthyOfOthers = new Semaphore(ROOM_FOR_LONG / 2, true);

    /** Waits for room; {@code sound} is whether the peer's last attempt was answered. */
    void take(int octets, boolean sound) {
        if (!sound) {
            roomOfOthers(octets).acquireUninterruptibly(kibibytes(octets));
        }
        room(octets).acquireUninterruptibly(kibibytes(octets));
    }

    /** What was taken, with the same words. */
    void giveBack(int octets, boolean sound) {
        room(octets).release(kibibytes(octets));
        if (!sound) {
            roomOfOthers(octets).release(kibibytes(octets));
        }
    }

    private Semaphore roomOfOthers(int octets) {
        return octets <= USUAL ? usualOfOthers : lengthyOfOthers;
    }

    private Semaphore room(int octets) {
        return octets <= USUAL ? usual : lengthy;
    }

    private static int kibibytes(int octets) {
        return octets / KIBIBYTE + 1;
    }
}
