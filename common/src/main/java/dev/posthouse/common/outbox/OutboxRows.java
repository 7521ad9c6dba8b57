package dev.posthouse.common.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The outbox as one sender of many sees it: whether it is its turn, and what is to be sent. */
final class OutboxRows {

    /**
     * None of it must outlive a crash of the database: a lease that is lost is taken again, rows
     * that are back are sent again. So nobody waits for its disk. And a plan that was made while
     * next to nothing waited must not walk through all that does now.
     */
    private static final String UNHURRIED =
            "set local synchronous_commit = off; set local enable_seqscan = off";

    /** The lease, if there is anything to send; and under it the oldest, but of some keys. */
    private static final String CLAIM =
            """
            with mine as (
              insert into outbox_lease as lease (holder, until)
              select ?, now() + ? * interval '1 millisecond' where exists (select 1 from outbox)
              on conflict (single) do update
              set holder = excluded.holder, until = excluded.until
              where lease.holder = excluded.holder or lease.until < now()
              returning holder)
            select oldest.id, oldest.topic, oldest.key, oldest.body, oldest.traceparent
            from mine cross join lateral (
              select id, topic, key, body, traceparent from outbox
              where key <> all (?) order by id limit ?) oldest
            order by oldest.id
            """;

    private static final String DELETE = "delete from outbox where id = any (?)";
    private static final String RELEASE =
            "update outbox_lease set until = '-infinity' where holder = ?";
    private static final String BACKLOG =
            """
            select (select count(*) from (select 1 from outbox limit 100000) counted),
              coalesce(extract(epoch from now() - (
                select created_at from outbox order by id limit 1)), 0)
            """;

    private final String holder = UUID.randomUUID().toString();
    private final DataSource dataSource;
    private final Duration lease;

    OutboxRows(DataSource dataSource, Duration lease) {
        this.dataSource = dataSource;
        this.lease = lease;
    }

    /** What is done with a connection. */
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * The oldest messages, at most so many, in their order; none while somebody else sends.
     *
     * @param aside keys whose messages are left where they are
     */
    List<OutboxMessage> claim(int most, Collection<String> aside) {
        return unhurried(
                "claimed",
                connection -> {
                    try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
                        claim.setString(1, holder);
                        claim.setLong(2, lease.toMillis());
                        claim.setArray(
                                3, connection.createArrayOf("text", aside.toArray(String[]::new)));
                        claim.setInt(4, most);
                        return read(claim);
                    }
                });
    }

    private static List<OutboxMessage> read(PreparedStatement claim) throws SQLException {
        List<OutboxMessage> messages = new ArrayList<>();
        try (ResultSet row = claim.executeQuery()) {
            while (row.next()) {
                messages.add(
                        new OutboxMessage(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5)));
            }
        }
        return messages;
    }

    /** Forgets what has arrived: right, whoever's turn it is by now. */
    void delete(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        unhurried(
                "updated",
                connection -> {
                    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                        delete.setArray(
                                1, connection.createArrayOf("bigint", ids.toArray(Long[]::new)));
                        return delete.executeUpdate();
                    }
                });
    }

    /** The next may begin at once. */
    void release() {
        unhurried(
                "released",
                connection -> {
                    try (PreparedStatement release = connection.prepareStatement(RELEASE)) {
                        release.setString(1, holder);
                        return release.executeUpdate();
                    }
                });
    }

    OutboxRelay.Backlog backlog() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(BACKLOG);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new OutboxRelay.Backlog(
                    row.getLong(1), Duration.ofMillis((long) (row.getDouble(2) * 1000)));
        } catch (SQLException failure) {
            throw new IllegalStateException("The outbox cannot be read", failure);
        }
    }

    private <T> T unhurried(String done, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement settings = connection.createStatement()) {
                settings.execute(UNHURRIED);
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("The outbox cannot be " + done, failure);
        }
    }
}
