package dev.posthouse.common.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Sends what the outbox holds, at least once and in order per key, from any number of replicas.
 *
 * <ol>
 *   <li>Claim: the oldest message of each key gets a lease; commit.
 *   <li>Send: no transaction is open while the broker answers.
 *   <li>Delete what the broker acknowledged; free the rest for a later round.
 * </ol>
 *
 * A crash after 2 leaves leased rows that are sent again when the lease has run out.
 */
public final class OutboxRelay {

    private static final String CLAIM =
            """
            with due as (
              select id from outbox o
              where (lease_until is null or lease_until < now())
                and not exists (select 1 from outbox e where e.key = o.key and e.id < o.id)
              order by id limit ? for update skip locked)
            update outbox set lease_until = now() + ? * interval '1 millisecond'
            from due where outbox.id = due.id
            returning outbox.id, topic, key, body, traceparent
            """;
    private static final String DELETE = "delete from outbox where id = any (?)";
    private static final String FREE = "update outbox set lease_until = null where id = any (?)";
    private static final String BACKLOG =
            "select count(*), coalesce(extract(epoch from now() - min(created_at)), 0) from outbox";

    private final DataSource dataSource;
    private final Duration lease;
    private final int batch;
    private final Function<List<OutboxMessage>, Collection<Long>> sink;

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
        Collection<Long> sent = sink.apply(claimed);
        List<Long> unsent =
                claimed.stream().map(OutboxMessage::id).filter(id -> !sent.contains(id)).toList();
        update(DELETE, sent);
        update(FREE, unsent);
        return unsent.isEmpty();
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
        try (Connection connection = dataSource.getConnection();
                PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            claim.setInt(1, batch);
            claim.setLong(2, lease.toMillis());
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
