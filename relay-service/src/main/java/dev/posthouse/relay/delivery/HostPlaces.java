package dev.posthouse.relay.delivery;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many parcels a host has not answered yet, by whichever of its URLs they go there (PoHTTP,
 * section 9). Those URLs whose last attempt was not answered, and those that nobody has heard of,
 * leave some places to the others: whoever names paths that never answer holds up no more. Nobody
 * waits for long: all hosts share the jobs that would.
 */
@Singleton
final class HostPlaces {

    private static final int OF_OTHERS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Map<String, Host> hosts = new HashMap<>();
    private final Duration patience;

    HostPlaces() {
        this(PATIENCE);
    }

    HostPlaces(Duration patience) {
        this.patience = patience;
    }

    /**
     * Waits for a place, for a moment.
     *
     * @param sound whether the URL's last attempt was answered
     * @return whether it was taken
     */
    boolean take(String host, boolean sound) {
        boolean taken = entered(host).take(sound, patience);
        if (!taken) {
            leave(host);
        }
        return taken;
    }

    /** What was taken, with the same words. */
    void giveBack(String host, boolean sound) {
        synchronized (hosts) {
            hosts.get(host).giveBack(sound);
            leave(host);
        }
    }

    private void leave(String host) {
        synchronized (hosts) {
            Host left = hosts.get(host);
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

        boolean take(boolean sound, Duration patience) {
            if (!sound && !acquired(ofOthers, patience)) {
                return false;
            }
            boolean taken = acquired(all, patience);
            if (!taken && !sound) {
                ofOthers.release();
            }
            return taken;
        }

        private static boolean acquired(Semaphore places, Duration patience) {
            try {
                return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        void giveBack(boolean sound) {
            all.release();
            if (!sound) {
                ofOthers.release();
            }
        }
    }
}
