package dev.posthouse.bench.watch;

import dev.posthouse.testing.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Looks again and again at what PostgreSQL's backends do, and what they wait for. */
public final class DatabaseWaits implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(25);
    private static final int ROWS = 25;
    private static final String BUSY =
            """
            select datname, coalesce(wait_event_type || ' ' || wait_event, 'runs'),
                   regexp_replace(left(query, 70), '\\s+', ' ', 'g')
            from pg_stat_activity
            where state = 'active' and pid <> pg_backend_pid() and datname is not null
            """;

    private final String jdbcUrl;
    private final Map<String, Integer> seen = new TreeMap<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("database-waits").unstarted(this::look);
    private int glances;

    private DatabaseWaits(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    /** Begins. */
    public static DatabaseWaits on(String jdbcUrl) {
        DatabaseWaits waits = new DatabaseWaits(jdbcUrl);
        waits.thread.start();
        return waits;
    }

    private void look() {
        try (Connection connection = TestPostgres.connect(jdbcUrl);
                PreparedStatement busy = connection.prepareStatement(BUSY)) {
            while (true) {
                try (ResultSet row = busy.executeQuery()) {
                    note(row);
                }
                Thread.sleep(GLANCE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void note(ResultSet row) throws SQLException {
        glances++;
        while (row.next()) {
            String what =
                    "%s | %s | `%s`"
                            .formatted(row.getString(1), row.getString(2), row.getString(3));
            seen.merge(what, 1, Integer::sum);
        }
    }

    /** In Markdown: how many backends were seen so at a time. */
    public synchronized String markdown() {
        StringBuilder table =
                new StringBuilder(
                        "| database | waits for | statement | backends |%n|---|---|---|---:|%n"
                                .formatted());
        seen.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(ROWS)
                .forEach(entry ->
                        table.append(
                                String.format(
                                        Locale.ROOT,
                                        "| %s | %.2f |%n",
                                        entry.getKey(),
                                        entry.getValue() / (double) glances)));
        return table.append(System.lineSeparator()).toString();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
