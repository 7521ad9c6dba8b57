package dev.posthouse.relay.delivery;

import jakarta.inject.Singleton;
import java.time.Duration;

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

    /** Much less than an attempt may take, and then than any of them usually does. */
    private static final Room.Patience PATIENCE =
            new Room.Patience(Duration.ofSeconds(5), Duration.ofMinutes(1));

    private final Room usual;
    private final Room lengthy;
    private final Room usualOfOthers;
    private final Room lengthyOfOthers;

    OctetsOut() {
        this(PATIENCE);
    }

    OctetsOut(Room.Patience patience) {
        this.usual = new Room(ROOM_FOR_USUAL, patience);
        this.lengthy = new Room(ROOM_FOR_LONG, patience);
        this.usualOfOthers = new Room(ROOM_FOR_USUAL / 2, patience);
        this.lengthyOfOthers = new Room(ROOM_FOR_LONG / 2, patience);
    }

    /**
     * Waits for room, and not for long.
     *
     * @param sound whether the peer's last attempt was answered
     * @return whether it was taken
     */
    boolean take(int octets, boolean sound) {
        int size = kibibytes(octets);
        if (!sound && !roomOfOthers(octets).take(size)) {
            return false;
        }
        boolean taken = room(octets).take(size);
        if (!taken && !sound) {
            roomOfOthers(octets).giveBack(size);
        }
        return taken;
    }

    /** What was taken, with the same words. */
    void giveBack(int octets, boolean sound) {
        room(octets).giveBack(kibibytes(octets));
        if (!sound) {
            roomOfOthers(octets).giveBack(kibibytes(octets));
        }
    }

    private Room roomOfOthers(int octets) {
        return octets <= USUAL ? usualOfOthers : lengthyOfOthers;
    }

    private Room room(int octets) {
        return octets <= USUAL ? usual : lengthy;
    }

    private static int kibibytes(int octets) {
        return octets / KIBIBYTE + 1;
    }
}
