package dev.posthouse.ymp.receiving;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.YmpException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One packet of a sender at a time: the next one waits here and not in the database, where each
 * would hold a connection that others need. A well-behaved sender has one under way (YMP, section
 * 6).
 */
final class Turns {

    private static final int MOST_AT_ONCE = 32;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Map<HostName, Turn> turns = new ConcurrentHashMap<>();

    /** The packets of one sender; how many is counted under the map's lock. */
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int packets;
    }

    /**
     * Does a step when those of the same sender before it are done.
     *
     * @throws YmpException if too many wait already
     */
    <T> T inTurn(HostName sender, Supplier<T> step) {
        Turn turn = turns.compute(sender, (host, known) -> join(known));
        try {
            turn.lock.lock();
            try {
                return step.get();
            } finally {
                turn.lock.unlock();
            }
        } finally {
            turns.computeIfPresent(sender, (host, known) -> leave(known));
        }
    }

    private static Turn join(Turn known) {
        Turn turn = known == null ? new Turn() : known;
        if (turn.packets == MOST_AT_ONCE) {
            throw YmpException.tooMany(
                    "packet.concurrent", "Too many packets of yours are under way.", AGAIN);
        }
        turn.packets++;
        return turn;
    }

    private static Turn leave(Turn turn) {
        turn.packets--;
        return turn.packets == 0 ? null : turn;
    }
}
