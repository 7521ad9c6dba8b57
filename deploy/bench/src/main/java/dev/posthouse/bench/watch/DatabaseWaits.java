package dev.posthouse.bench.watch;

import dev.posthouse.testing.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    private final List<Glance> glances = new ArrayList<>();
    private final Clock clock;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("database-waits").unstarted(this::look);

    /** What was seen at a time. */
    private record Glance(Instant time, List<String> busy) {}

    private DatabaseWaits(String jdbcUrl, Clock clock) {
        this.jdbcUrl = jdbcUrl;
        this.clock = clock;
    }

    /** Begins. */
    public static DatabaseWaits on(String jdbcUrl, Clock clock) {
        DatabaseWaits waits = new DatabaseWaits(jdbcUrl, clock);
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
        List<String> busy = new ArrayList<>();
        while (row.next()) {
            busy.add(
                    "%s | %s | `%s`"
                            .formatted(row.getString(1), row.getString(2), row.getString(3)));
        }
        glances.add(new Glance(clock.instant(), busy));
    }

    /** In Markdown: how many backends were seen so at a time, on average. */
    public synchronized String markdown(List<Window> windows) {
        List<Glance> measured =
                glances.stream().filter(one -> Window.anyHas(windows, one.time())).toList();
        Map<String, Integer> seen = new TreeMap<>();
        measured.forEach(one -> one.busy().forEach(what -> seen.merge(what, 1, Integer::sum)));
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
                                        entry.getValue() / (double) measured.size())));
        return table.append(System.lineSeparator()).toString();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
