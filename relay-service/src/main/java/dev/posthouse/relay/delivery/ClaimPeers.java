package dev.posthouse.relay.delivery;

import dev.posthouse.common.database.DatabaseAway;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Takes up peers that are due, in one transaction a round. What is lost of it between two rounds,
 * here or in another replica, the sweep finds.
 */
@Singleton
final class ClaimPeers {

    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);

    private final Peers peers;
    private final Clock clock;
    private final Set<String> woken = ConcurrentHashMap.newKeySet();
    private Instant swept = Instant.EPOCH;

    ClaimPeers(Peers peers, Clock clock) {
        this.peers = peers;
        this.clock = clock;
    }

    /**
     * There is a parcel for the peer.
     *
     * @return whether that is news since the last round
     */
    boolean wake(String peer) {
        return woken.add(peer);
    }

    /** Claims at most so many whose last attempt was answered. */
    List<Claim> claimSound(int most) {
        Instant now = clock.instant();
        return QuarkusTransaction.requiringNew().call(() -> peers.claimSound(most, now));
    }

    /** Claims at most so many; for one thread at a time. */
    List<Claim> claim(int most) {
        List<String> names = List.copyOf(woken);
        names.forEach(woken::remove);
        try {
            return claim(most, now -> peers.wake(names, now));
        } catch (RuntimeException failure) {
            if (!DatabaseAway.isLocked(failure)) {
                throw failure;
            }
            // A replica stands still in the midst of one of them: the others do not wait for it.
            return claim(most, now -> peers.wakeUnlocked(names, now));
        }
    }

    private List<Claim> claim(int most, Consumer<Instant> wake) {
        Instant now = clock.instant();
        boolean sweeps = Duration.between(swept, now).abs().compareTo(BETWEEN_SWEEPS) >= 0;
        List<Claim> claimed =
                QuarkusTransaction.requiringNew()
                        .call(() -> {
                            wake.accept(now);
                            if (sweeps) {
                                peers.sweep(now);
                            }
                            return most > 0 ? peers.claim(most, now) : List.of();
                        });
        swept = sweeps ? now : swept;
        return claimed;
    }
}
