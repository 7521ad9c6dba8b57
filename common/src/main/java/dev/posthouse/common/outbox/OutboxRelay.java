package dev.posthouse.common.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Sends what the outbox holds, at least once and in order per key, from any number of replicas.
 *
 * <ol>
 *   <li>Claim: the oldest messages of some keys get a lease; commit. A key is claimed by whoever
 *       holds its oldest message, so that one sender at a time has messages of it.
 *   <li>Send: no transaction is open while the broker answers. First the oldest of each key, then,
 *       of keys where that has arrived, those behind it.
 *   <li>Delete, of each key, what the broker acknowledged before the first that it did not; free
 *       the rest for a later round. Behind a message that did not arrive nothing counts as sent,
 *       else it would come after what it must come before.
 * </ol>
 *
 * A crash after 2 leaves leased rows that are sent again when the lease has run out.
 */
public final class OutboxRelay {

    /**
     * From key to key through the index, not through all rows of a key; then runs of those free. A
     * range of one key and an array of ids keep the planner from walking through all that waits: it
     * may have planned while next to nothing did.
     */
    private static final String CLAIM =
            """
            with recursive head (key, id, place) as (
                (select key, id, case when lease_until >= now() then 0 else 1 end
                 from outbox where key > ? order by key, id limit 1)
              union all
                select next.key, next.id, head.place + next.free from head
                cross join lateral (
                  select key, id, case when lease_until >= now() then 0 else 1 end as free
                  from outbox where key > head.key order by key, id limit 1) next
                where head.place < ?),
            mine as (
              select free.id, free.key from head cross join lateral (
                select id, key from outbox
                where id = head.id and (lease_until is null or lease_until < now())
                for update skip locked) free),
            run as (
              select behind.id, behind.key, behind.leased from mine cross join lateral (
                select id, key, coalesce(lease_until >= now(), false) as leased from outbox
                where key between mine.key and mine.key and id >= mine.id
                order by key, id limit (select greatest(1, ? / count(*)) from mine)
                for update) behind),
            due as (
              select id from (
                select id, bool_or(leased) over (partition by key order by id) as held from run) r
              where not held)
            update outbox set lease_until = now() + ? * interval '1 millisecond'
            where id = any (array(select id from due))
            returning id, topic, key, body, traceparent
            """;

    /** Before every key. */
    private static final String FIRST = "";

    private static final String DELETE = "delete from outbox where id = any (?)";
    private static final String FREE = "update outbox set lease_until = null where id = any (?)";
    private static final String BACKLOG =
            "select count(*), coalesce(extract(epoch from now() - min(created_at)), 0) from outbox";

    private final DataSource dataSource;
    private final Duration lease;
    private final int batch;
    private final Function<List<OutboxMessage>, Collection<Long>> sink;

    /** Where the last claim ended: where more keys wait than a batch holds, each has its turn. */
    private String after = FIRST;

    /**
     * @param lease how long a sender has before another may send the same
     * @param batch messages claimed at once
     * @param sink sends a batch and returns the ids that were acknowledged; never throws
     */
    public OutboxRelay(
            DataSource dataSource,
            Duration lease,
            int batch,
            Function<List<OutboxMessage>, Collection<Long>> sink) {
        this.dataSource = dataSource;
        this.lease = lease;
        this.batch = batch;
        this.sink = sink;
    }

    /**
     * One round.
     *
     * @return whether another round may find more right away
     */
    public boolean relay() {
        List<OutboxMessage> claimed = claim();
        if (claimed.isEmpty()) {
            return false;
        }
        Set<Long> sent = new HashSet<>();
        Set<String> stopped = new HashSet<>();
        for (List<OutboxMessage> wave : waves(claimed)) {
            send(wave, stopped, sent);
        }
        List<Long> unsent =
                claimed.stream().map(OutboxMessage::id).filter(id -> !sent.contains(id)).toList();
        update(DELETE, sent);
        update(FREE, unsent);
        return unsent.isEmpty();
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
    }

    /** How much waits, and for how long the oldest has. */
    public Backlog backlog() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(BACKLOG);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Backlog(row.getLong(1), Duration.ofMillis((long) (row.getDouble(2) * 1000)));
        } catch (SQLException failure) {
            throw new IllegalStateException("The outbox cannot be read", failure);
        }
    }

    private List<OutboxMessage> claim() {
        List<OutboxMessage> claimed = claimBehind(after);
        if (claimed.isEmpty() && !after.equals(FIRST)) {
            claimed = claimBehind(FIRST);
        }
        after = claimed.size() < batch ? FIRST : lastKey(claimed);
        return claimed;
    }

    private static String lastKey(List<OutboxMessage> claimed) {
        return claimed.stream()
                .map(OutboxMessage::key)
                .max(Comparator.naturalOrder())
                .orElse(FIRST);
    }

    private List<OutboxMessage> claimBehind(String key) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            claim.setString(1, key);
            claim.setInt(2, batch);
            claim.setInt(3, batch);
            claim.setLong(4, lease.toMillis());
            List<OutboxMessage> claimed = new ArrayList<>();
            try (ResultSet row = claim.executeQuery()) {
                while (row.next()) {
                    claimed.add(
                            new OutboxMessage(
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5)));
                }
            }
            claimed.sort(Comparator.comparingLong(OutboxMessage::id));
            return claimed;
        } catch (SQLException failure) {
            throw new IllegalStateException("The outbox cannot be claimed", failure);
        }
    }

    private void update(String sql, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            update.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("The outbox cannot be updated", failure);
        }
    }

    /**
     * What waits in the outbox.
     *
     * @param depth messages
     * @param age of the oldest
     */
    public record Backlog(long depth, Duration age) {}
}
