package dev.posthouse.ymp.sending;

import dev.posthouse.common.database.DatabaseAway;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.Unhurried;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Takes up hosts that are due, in one transaction a round. What is lost of it between two rounds,
 * here or in another replica, the sweep finds.
 */
@Singleton
final class ClaimHosts {

    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);

    private final Destinations destinations;
    private final Clock clock;
    private final Set<HostName> woken = ConcurrentHashMap.newKeySet();
    private Instant swept = Instant.EPOCH;

    ClaimHosts(Destinations destinations, Clock clock) {
        this.destinations = destinations;
        this.clock = clock;
    }

    /**
     * There is a message for the host.
     *
     * @return whether that is news since the last round
     */
    boolean wake(HostName host) {
        return woken.add(host);
    }

    /** Claims at most so many; for one thread at a time. */
    List<Claim> claim(int most) {
        List<HostName> hosts = List.copyOf(woken);
        hosts.forEach(woken::remove);
        try {
            return claim(most, now -> destinations.wake(hosts, now));
        } catch (RuntimeException failure) {
            if (!DatabaseAway.isLocked(failure)) {
                throw failure;
            }
            // A replica stands still in the midst of one of them: the others do not wait for it.
            return claim(most, now -> destinations.wakeUnlocked(hosts, now));
        }
    }

    private List<Claim> claim(int most, Consumer<Instant> wake) {
        Instant now = clock.instant();
        boolean sweeps = Duration.between(swept, now).abs().compareTo(BETWEEN_SWEEPS) >= 0;
        List<Claim> claimed =
                Unhurried.call(() -> {
                    wake.accept(now);
                    if (sweeps) {
                        destinations.sweep(now);
                    }
                    return most > 0 ? destinations.claim(most, now) : List.of();
                });
        swept = sweeps ? now : swept;
        return claimed;
    }
}
