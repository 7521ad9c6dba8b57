package dev.posthouse.relay.collection;

import dev.posthouse.relay.parcel.Waiting;
import dev.posthouse.relay.parcel.WaitingParcels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Parcels read for a connection and not sent yet: few, and not for long. Another connection, at
 * another replica perhaps, may collect them meanwhile, so only those are sent of which it has just
 * been seen that they still wait (PoHTTP, section 16).
 */
final class Ahead {

    /** How long what was read is kept. */
    static final Duration FRESH = Duration.ofSeconds(1);

    /** How long what was seen to wait is believed to. */
    static final Duration SEEN = Duration.ofMillis(100);

    private final Clock clock;
    private final Deque<Waiting> parcels = new ArrayDeque<>();
    private final Set<UUID> waiting = new HashSet<>();
    private Instant read = Instant.MIN;
    private Instant seen = Instant.MIN;
    private int octets;

    Ahead(Clock clock) {
        this.clock = clock;
    }

    /**
     * They count from now on: by when they were asked for, a slow look would never end.
     *
     * @param room how many can be sent at once
     */
    void add(List<Waiting> found, int room) {
        if (parcels.isEmpty()) {
            read = clock.instant();
            see(found.stream().limit(room).map(Waiting::delivery).toList());
        }
        parcels.addAll(found);
        found.forEach(parcel -> octets += parcel.octets().length);
    }

    private void see(Collection<UUID> still) {
        seen = clock.instant();
        waiting.clear();
        waiting.addAll(still);
    }

    /**
     * It was looked which of these still wait.
     *
     * @param room how many can be sent at once
     */
    void see(List<UUID> asked, Set<UUID> still, int room) {
        remove(asked.stream().filter(one -> !still.contains(one)).collect(Collectors.toSet()));
        see(asked.stream().filter(still::contains).limit(room).toList());
    }

    /** The next that has not expired, if it has just been seen to wait. */
    Optional<Waiting> next() {
        dropExpired();
        boolean known = !seen.plus(SEEN).isBefore(clock.instant());
        return Optional.ofNullable(parcels.peek())
                .filter(next -> known && waiting.remove(next.delivery()))
                .map(next -> poll());
    }

    private void dropExpired() {
        Instant now = clock.instant();
        while (!parcels.isEmpty() && parcels.peek().expires().isBefore(now)) {
            poll();
        }
    }

    private Waiting poll() {
        Waiting next = parcels.remove();
        octets -= next.octets().length;
        return next;
    }

    /** The first so many. */
    List<UUID> first(int most) {
        return parcels.stream().limit(most).map(Waiting::delivery).toList();
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
