package dev.posthouse.relay.delivery;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * How many parcels a host has not answered yet, by whichever of its URLs they go there (PoHTTP,
 * section 9). Those URLs whose last attempt was not answered, and those that nobody has heard of,
 * leave some places to the others: whoever names paths that never answer holds up no more.
 */
@Singleton
final class HostPlaces {

    private static final int OF_OTHERS = 3;

    private final Map<String, Host> hosts = new HashMap<>();

    /** Waits for a place; {@code sound} is whether the URL's last attempt was answered. */
    void take(String host, boolean sound) {
        entered(host).take(sound);
    }

    /** What was taken, with the same words. */
    void giveBack(String host, boolean sound) {
        synchronized (hosts) {
            Host left = hosts.get(host);
            left.giveBack(sound);
            left.users--;
            if (left.users == 0) {
                hosts.remove(host);
            }
        }
    }

    /** Where places are taken or waited for. */
    int hosts() {
        synchronized (hosts) {
            return hosts.size();
        }
    }

    private Host entered(String host) {
        synchronized (hosts) {
            Host entered = hosts.computeIfAbsent(host, another -> new Host());
            entered.users++;
            return entered;
        }
    }

    /** Both fair: each URL has its turn. */
    private static final class Host {
        private final Semaphore all = new Semaphore(PeerJob.IN_FLIGHT, true);
        private final Semaphore ofOthers = new Semaphore(OF_OTHERS, true);
        private int users;

        void take(boolean sound) {
            if (!sound) {
                ofOthers.acquireUninterruptibly();
            }
            all.acquireUninterruptibly();
        }

        void giveBack(boolean sound) {
            all.release();
            if (!sound) {
                ofOthers.release();
            }
        }
    }
}
