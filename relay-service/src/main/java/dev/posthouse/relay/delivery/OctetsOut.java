package dev.posthouse.relay.delivery;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/** How many octets of parcels are in memory on their way out, in all. */
@Singleton
final class OctetsOut {

    /** Room for a few of the longest parcels, and for thousands of the usual. */
    private static final int KIBIBYTES = 24 * 1024;

    private static final int KIBIBYTE = 1024;

    /** Fair: the long ones have their turn as well. */
    private final Semaphore free = new Semaphore(KIBIBYTES, true);

    void take(int octets) {
        free.acquireUninterruptibly(kibibytes(octets));
    }

    void giveBack(int octets) {
        free.release(kibibytes(octets));
    }

    private static int kibibytes(int octets) {
        return octets / KIBIBYTE + 1;
    }
}
