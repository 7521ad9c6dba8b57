package dev.posthouse.common.door;

import dev.posthouse.common.door.OctetsInFlight.Share;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * A limit of {@link OctetsInFlight}, under whose lock all of it is called: what is taken of it, and
 * who waits for it. Whenever one that has begun waits, another is foremost and need not.
 */
final class Bound {

    private final long most;
    private final SequencedSet<Share> begun = new LinkedHashSet<>();
    private final SequencedSet<Share> fresh = new LinkedHashSet<>();

    /** The one that may go beyond the limit. */
    private Optional<Share> foremost = Optional.empty();

    private long taken;
    private int shares;

    /**
     * A limit of which nothing is taken.
     *
     * @param most octets; 0 for no limit
     */
    Bound(long most) {
        this.most = most;
    }

    void join() {
        shares++;
    }

    boolean isLeftByLast() {
        shares--;
        return shares == 0;
    }

    long taken() {
        return taken;
    }

    boolean isForemost(Share share) {
        return foremost.filter(share::equals).isPresent();
    }

    boolean isAwaited() {
        return !begun.isEmpty() || !fresh.isEmpty();
    }

    /** Takes what the share wants, or lets it wait. */
    boolean claim(Share share) {
        boolean turn = begun.isEmpty() && (share.hasBegun() || fresh.isEmpty());
        if (isForemost(share) || (turn && admits(share))) {
            take(share);
            return true;
        }
        (share.hasBegun() ? begun : fresh).addLast(share);
        return false;
    }

    private boolean admits(Share share) {
        boolean mayGoBeyond = foremost.isEmpty() && (share.hasBegun() || taken == 0);
        return most == 0 || taken + share.wanted() <= most || mayGoBeyond;
    }

    /** Takes what the share wants. */
    void take(Share share) {
        add(share.wanted());
        if (most > 0 && taken > most && foremost.isEmpty()) {
            foremost = Optional.of(share);
        }
    }

    void add(long octets) {
        taken += octets;
    }

    /** The next whose turn it is, who has what it wants now. */
    Optional<Share> next() {
        SequencedSet<Share> queue = begun.isEmpty() ? fresh : begun;
        if (queue.isEmpty() || !admits(queue.getFirst())) {
            return Optional.empty();
        }
        Share next = queue.removeFirst();
        take(next);
        return Optional.of(next);
    }

    /** The share ends, or gives up; it had taken so many. */
    void forget(Share share, long octets) {
        add(-octets);
        begun.remove(share);
        fresh.remove(share);
        foremost = foremost.filter(first -> !first.equals(share));
    }
}
