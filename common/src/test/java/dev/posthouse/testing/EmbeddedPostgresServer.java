package dev.posthouse.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * An unpacked PostgreSQL on loopback, without a password. It can be stopped and started again on
 * the same port and data, and stops with the JVM.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

    private static final List<String> DURABLE =
            List.of("fsync", "synchronous_commit", "full_page_writes");

    /** Unpacking takes a second; all test JVMs of a machine share what one of them unpacked. */
    static final Path BINARIES =
            Path.of(System.getProperty("java.io.tmpdir"), "posthouse-postgres");

    private final Options options;
    private final Thread closer = new Thread(this::close, "close-postgres");
    private EmbeddedPostgres server;

    /**
     * Where a server keeps its things.
     *
     * @param directory holds the data and the server's own log; made if missing
     * @param binaries where the programs are unpacked, once for all who name the same directory
     * @param port on 127.0.0.1
     * @param durable whether a commit survives a power cut; the library's default is that it does
     *     not
     * @param temporary whether the directory goes when the server is closed
     */
    public record Options(
            Path directory, Path binaries, int port, boolean durable, boolean temporary) {

        /** A server for this JVM's tests: fast, on a free port, gone afterwards. */
        public static Options forTests() {
            return new Options(
                    Loopback.temporaryDirectory("postgres"),
                    BINARIES,
                    Loopback.freePort(),
                    false,
                    true);
        }
    }

    private EmbeddedPostgresServer(Options options) {
        this.options = options;
    }

    /** Starts a server; returns when it answers. */
    public static EmbeddedPostgresServer start(Options options) {
        EmbeddedPostgresServer postgres = new EmbeddedPostgresServer(options);
        Runtime.getRuntime().addShutdownHook(postgres.closer);
        postgres.start();
        return postgres;
    }

    /** Starts the stopped server again. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        Quiet.logger("io.zonky.test");
        Path log = options.directory().resolve("server.log");
        try {
            Files.createDirectories(options.directory());
            server = configured(log).start();
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException(
                    "PostgreSQL did not start on port " + options.port() + "; see " + log, e);
        }
        if (options.durable()) {
            DURABLE.forEach(this::requireOn);
        }
    }

    private EmbeddedPostgres.Builder configured(Path log) {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(options.directory().resolve("data"))
                        .setOverrideWorkingDirectory(options.binaries().toFile())
                        .setPort(options.port())
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false)
                        .setPGStartupWait(Duration.ofSeconds(30))
                        .setLocaleConfig("locale", "C")
                        // Loopback only: no socket file that two servers could quarrel about.
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("unix_socket_directories", "")
                        .setOutputRedirector(Redirect.appendTo(log.toFile()))
                        .setErrorRedirector(Redirect.appendTo(log.toFile()));
        if (options.durable()) {
            DURABLE.forEach(setting -> builder.setServerConfig(setting, "on"));
        }
        return builder;
    }

    private void requireOn(String setting) {
        if (!query("postgres", "show " + setting).equals("on")) {
            stop();
            throw new IllegalStateException("PostgreSQL runs without " + setting);
        }
    }

    /** Stops the server as if it had gone away; open connections break. */
    public synchronized void stop() {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            server = null;
        }
    }

    /** Makes the database if there is none of this name. */
    public void createDatabase(String name) {
        if (query("postgres", "select count(*) from pg_database where datname = '" + name + "'")
                .equals("0")) {
            TestPostgres.execute(jdbcUrl("postgres"), "create database " + name);
        }
    }

    /** The first column of the first row. */
    private String query(String database, String sql) {
        try (Connection connection = TestPostgres.connect(jdbcUrl(database));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot ask PostgreSQL: " + sql, e);
        }
    }

    /** The JDBC URL of a database of this server, user included. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + options.port() + "/" + database + "?user=postgres";
    }

    /** Stops the server for good. */
    @Override
    public void close() {
        stop();
        if (options.temporary()) {
            Loopback.delete(options.directory());
        }
        Loopback.forget(closer);
    }
}
