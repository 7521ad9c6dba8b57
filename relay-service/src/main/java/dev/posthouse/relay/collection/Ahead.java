package dev.posthouse.relay.collection;

import dev.posthouse.relay.parcel.Waiting;
import dev.posthouse.relay.parcel.WaitingParcels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Parcels read for a connection and not sent yet: few, and not for long, since another connection
 * may collect them meanwhile.
 */
final class Ahead {

    /** How long what was read counts for. */
    static final Duration FRESH = Duration.ofSeconds(1);

    private final Clock clock;
    private final Deque<Waiting> parcels = new ArrayDeque<>();
    private Instant read = Instant.MIN;
    private int octets;

    Ahead(Clock clock) {
        this.clock = clock;
    }

    /** They count from now on: by when they were asked for, a slow look would never end. */
    void add(List<Waiting> found) {
        if (parcels.isEmpty()) {
            read = clock.instant();
        }
        parcels.addAll(found);
        found.forEach(parcel -> octets += parcel.octets().length);
    }

    /** The next that has not expired. */
    Optional<Waiting> next() {
        Instant now = clock.instant();
        Waiting next = poll();
        while (next != null && next.expires().isBefore(now)) {
            next = poll();
        }
        return Optional.ofNullable(next);
    }

    private Waiting poll() {
        Waiting next = parcels.poll();
        octets -= next == null ? 0 : next.octets().length;
        return next;
    }

    /** Forgets what was read too long ago; says whether there was anything. */
    boolean dropStale() {
        boolean stale = !parcels.isEmpty() && read.plus(FRESH).isBefore(clock.instant());
        if (stale) {
            clear();
        }
        return stale;
    }

    /** Somebody else has collected these. */
    void remove(Set<UUID> collected) {
        if (parcels.removeIf(parcel -> collected.contains(parcel.delivery()))) {
            octets = parcels.stream().mapToInt(parcel -> parcel.octets().length).sum();
        }
    }

    void clear() {
        parcels.clear();
        octets = 0;
    }

    /** Whether it is time to read on. */
    boolean isLow() {
        return octets < WaitingParcels.MOST_OCTETS / 2 && parcels.size() < Conversation.AHEAD / 2;
    }

    boolean isEmpty() {
        return parcels.isEmpty();
    }

    void addIdsTo(Collection<UUID> ids) {
        parcels.forEach(parcel -> ids.add(parcel.delivery()));
    }
}
