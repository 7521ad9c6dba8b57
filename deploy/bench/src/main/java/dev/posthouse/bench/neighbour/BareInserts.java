package dev.posthouse.bench.neighbour;

import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.stage.Page;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.testing.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The services' rows by JDBC alone: as many connections, the same tables, indexes and transactions,
 * the same durable PostgreSQL, and nothing else to do.
 */
public final class BareInserts implements Page {

    private static final String URL_OPTIONS = "&reWriteBatchedInserts=true";

    @Override
    public String name() {
        return "inserts";
    }

    @Override
    public void run(Stage stage) {
        measure(stage, "rows of the proxy's door", Rows.ofProxy());
        measure(stage, "rows of the CA's door", Rows.ofCaDoor());
        measure(stage, "rows of the CA's worker", Rows.ofCaWorker());
        measure(stage, "rows of the repository's store", Rows.ofRepository());
    }

    private void measure(Stage stage, String what, Rows rows) {
        String url = stage.bed().jdbcUrl(rows.service());
        rows.tables().forEach(table -> makeAlike(url, table));
        write(url, rows, stage.scale().still().dividedBy(4));
        long start = System.nanoTime();
        long items = write(url, rows, stage.scale().still().dividedBy(2));
        stage.results()
                .add(
                        Figure.counted(
                                name(),
                                what,
                                "%d × %d a commit".formatted(rows.connections(), rows.batch()),
                                items,
                                (System.nanoTime() - start) / 1e9,
                                Map.of()));
        rows.tables().forEach(table -> execute(url, "drop table if exists bench_" + table));
    }

    private static void makeAlike(String url, String table) {
        execute(url, "create table bench_%s (like %s including all)".formatted(table, table));
    }

    private static void execute(String url, String sql) {
        try (Connection connection = TestPostgres.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static long write(String url, Rows rows, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(rows.connections())) {
            List<Future<Long>> writing = new ArrayList<>();
            for (int i = 0; i < rows.connections(); i++) {
                writing.add(threads.submit(() -> writeOn(url, rows, end)));
            }
            long items = 0;
            for (Future<Long> one : writing) {
                items += one.get();
            }
            return items;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static long writeOn(String url, Rows rows, long end) throws SQLException {
        try (Connection connection = TestPostgres.connect(url + URL_OPTIONS)) {
            connection.setAutoCommit(false);
            long items = 0;
            while (System.nanoTime() < end) {
                transaction(connection, rows);
                items += rows.batch();
            }
            return items;
        }
    }

    private static void transaction(Connection connection, Rows rows) throws SQLException {
        for (String insert : rows.inserts()) {
            int parameters = Rows.parameters(insert);
            // The driver keeps what it has prepared for the same text.
            try (PreparedStatement statement = connection.prepareStatement(insert)) {
                for (int item = 0; item < rows.batch(); item++) {
                    String name = UUID.randomUUID().toString();
                    for (int parameter = 1; parameter <= parameters; parameter++) {
                        statement.setString(parameter, name);
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
        connection.commit();
    }
}
