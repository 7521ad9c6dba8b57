package dev.posthouse.bench.neighbour;

import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.stage.Page;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.local.suite.Service;
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

    /** What one connection does again and again, commit included. */
    @FunctionalInterface
    private interface Transaction {
        void run(Connection connection) throws SQLException;
    }

    @Override
    public void run(Stage stage) {
        measure(stage, "rows of the proxy's door", Rows.ofProxy());
        measure(stage, "rows of the CA's door", Rows.ofCaDoor());
        measure(stage, "rows of the CA's worker", Rows.ofCaWorker());
        measure(stage, "rows of the repository's store", Rows.ofRepository());
        measure(stage, "YMP packets of 1", new BareTaking(1));
        measure(stage, "YMP packets of 100", new BareTaking(100));
        measureParcels(stage);
    }

    private void measure(Stage stage, String what, Rows rows) {
        String url = stage.bed().jdbcUrl(rows.service());
        rows.tables().forEach(table -> makeAlike(url, table));
        Writing writing =
                new Writing(url, rows.connections(), connection -> transaction(connection, rows));
        String load = "%d × %d a commit".formatted(rows.connections(), rows.batch());
        measure(stage, what, load, writing, rows.batch());
        rows.tables().forEach(table -> execute(url, "drop table if exists bench_" + table));
    }

    private void measure(Stage stage, String what, BareTaking taking) {
        String url = stage.bed().jdbcUrl(Service.YMP);
        BareTaking.TABLES.forEach(table -> makeAlike(url, table));
        execute(url, BareTaking.SENDERS);
        String load = "%d × %d a commit".formatted(Rows.POOL, taking.messages());
        measure(stage, what, load, new Writing(url, Rows.POOL, taking::take), 1);
        BareTaking.TABLES.forEach(table -> execute(url, "drop table if exists bench_" + table));
    }

    private void measureParcels(Stage stage) {
        String url = stage.bed().jdbcUrl(Service.RELAY);
        BareAcceptance.TABLES.forEach(table -> makeAlike(url, table));
        String load = "%d × 1 a commit".formatted(Rows.POOL);
        measure(stage, "parcels", load, new Writing(url, Rows.POOL, BareAcceptance::accept), 1);
        BareAcceptance.TABLES.forEach(table -> execute(url, "drop table if exists bench_" + table));
    }

    private void measure(Stage stage, String what, String load, Writing writing, int items) {
        write(writing, stage.scale().still().dividedBy(4));
        long start = System.nanoTime();
        long transactions = write(writing, stage.scale().still().dividedBy(2));
        stage.results()
                .add(
                        Figure.counted(
                                name(),
                                what,
                                load,
                                transactions * items,
                                (System.nanoTime() - start) / 1e9,
                                Map.of()));
    }

    /** Over so many connections at once. */
    private record Writing(String url, int connections, Transaction transaction) {}

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

    private static long write(Writing writing, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(writing.connections())) {
            List<Future<Long>> running = new ArrayList<>();
            for (int i = 0; i < writing.connections(); i++) {
                running.add(threads.submit(() -> writeOn(writing, end)));
            }
            long transactions = 0;
            for (Future<Long> one : running) {
                transactions += one.get();
            }
            return transactions;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static long writeOn(Writing writing, long end) throws SQLException {
        try (Connection connection = TestPostgres.connect(writing.url() + URL_OPTIONS)) {
            connection.setAutoCommit(false);
            long transactions = 0;
            while (System.nanoTime() < end) {
                writing.transaction().run(connection);
                transactions++;
            }
            return transactions;
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
