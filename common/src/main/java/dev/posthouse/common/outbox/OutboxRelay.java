package dev.posthouse.common.outbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Sends what the outbox holds, at least once and, within a topic, in order per key. Of all replicas
 * one sends: who holds the lease of the outbox. One round:
 *
 * <ol>
 *   <li>Take or renew the lease, and read the oldest messages; commit.
 *   <li>Send: no transaction is open while the broker answers. First the oldest of each key, then,
 *       of keys where that has arrived, those behind it, up to the first that does not arrive: the
 *       sink sees to that within a topic, and Kafka knows no order of two topics.
 *   <li>Delete, of each key, what the broker acknowledged before the first that it did not. Behind
 *       a message that did not arrive nothing counts as sent, else it would come after what it must
 *       come before.
 * </ol>
 *
 * A crash after 2 leaves rows that are sent again once the lease has run out. So does a sender that
 * outlives its lease: then two send the same, each in order, and delete what has arrived.
 *
 * <p>Ids are given before they are committed, so a lower one may come to light after a higher one.
 * That breaks no order that anybody relied on: of two messages that must stay in order, the first
 * is committed before the second gets its id (both are written under one lock, that of the row they
 * tell of), and each round looks at all rows there are, from the lowest id on. For the same reason
 * no round begins where the last one ended.
 *
 * <p>A message that the broker does not take must not hold up those of other keys: its key is left
 * aside until all others have been sent, and tried again.
 */
public final class OutboxRelay {

    /** Keys are left aside for no longer. */
    private static final int MOST_ROUNDS_ASIDE = 100;

    private final OutboxRows rows;
    private final int batch;
    private final Function<List<OutboxMessage>, Collection<Long>> sink;

    private final Set<String> aside = new HashSet<>();
    private int roundsAside;

    /**
     * @param lease how long a sender has for a round before another may send the same
     * @param batch messages sent at once
     * @param sink sends a batch and returns the ids that were acknowledged; in a topic none of a
     *     key arrives behind one that does not; never throws
     */
    public OutboxRelay(
            DataSource dataSource,
            Duration lease,
            int batch,
            Function<List<OutboxMessage>, Collection<Long>> sink) {
        this.rows = new OutboxRows(dataSource, lease);
        this.batch = batch;
        this.sink = sink;
    }

    /** What came of a round. */
    public enum Progress {
        /** Nothing can be done just now: nothing is there, or is ours, or arrives. */
        NONE,
        /** All that was there has been sent. */
        ALL,
        /** A batch was there: another round will find more right away. */
        MORE
    }

    /** One round. */
    public Progress relay() {
        List<OutboxMessage> claimed = rows.claim(batch, aside);
        Set<Long> sent = new HashSet<>();
        Set<String> stopped = new HashSet<>();
        for (List<OutboxMessage> wave : waves(claimed)) {
            send(wave, stopped, sent);
        }
        rows.delete(sent);
        boolean full = claimed.size() == batch;
        boolean stuck = !stopped.isEmpty() || !aside.isEmpty();
        tryAgainInTime(full || !stopped.isEmpty());
        if (sent.isEmpty()) {
            return Progress.NONE;
        }
        if (full) {
            return Progress.MORE;
        }
        return stuck ? Progress.NONE : Progress.ALL;
    }

    private void tryAgainInTime(boolean othersWait) {
        roundsAside = aside.isEmpty() ? 0 : roundsAside + 1;
        if (!othersWait || roundsAside == MOST_ROUNDS_ASIDE) {
            aside.clear();
            roundsAside = 0;
        }
    }

    /** The oldest of each key; and all that are behind them. */
    private static List<List<OutboxMessage>> waves(List<OutboxMessage> claimed) {
        Set<String> keys = new HashSet<>();
        Map<Boolean, List<OutboxMessage>> byFirst =
                claimed.stream()
                        .collect(Collectors.partitioningBy(message -> keys.add(message.key())));
        return List.of(byFirst.get(true), byFirst.get(false));
    }

    /** Adds what has arrived in order, and the keys of which something has not. */
    private void send(List<OutboxMessage> wave, Set<String> stopped, Set<Long> sent) {
        List<OutboxMessage> sendable =
                wave.stream().filter(message -> !stopped.contains(message.key())).toList();
        Collection<Long> arrived = sendable.isEmpty() ? List.of() : sink.apply(sendable);
        for (OutboxMessage message : sendable) {
            if (!arrived.contains(message.id())) {
                stopped.add(message.key());
            } else if (!stopped.contains(message.key())) {
                sent.add(message.id());
            }
        }
        leaveAside(sendable, arrived);
    }

    /**
     * The keys of those that did not arrive though something behind them did; and of the first that
     * did not. Those behind that may not have been tried at all.
     */
    private void leaveAside(List<OutboxMessage> sendable, Collection<Long> arrived) {
        int last = sendable.size() - 1;
        while (last >= 0 && !arrived.contains(sendable.get(last).id())) {
            last--;
        }
        for (int i = 0; i < sendable.size(); i++) {
            OutboxMessage message = sendable.get(i);
            if (!arrived.contains(message.id())) {
                aside.add(message.key());
                if (i > last) {
                    return;
                }
            }
        }
    }

    /** How much waits, and for how long the oldest has. */
    public Backlog backlog() {
        return rows.backlog();
    }

    /** Another may send at once: not to be called during a round. */
    public void release() {
        rows.release();
    }

    /**
     * What waits in the outbox.
     *
     * @param depth messages, counted no further than 100,000
     * @param age of the oldest
     */
    public record Backlog(long depth, Duration age) {}
}
