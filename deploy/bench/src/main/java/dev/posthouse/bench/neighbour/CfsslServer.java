package dev.posthouse.bench.neighbour;

import dev.posthouse.client.pki.Authority;
import dev.posthouse.common.x509.Pem;
import dev.posthouse.local.suite.Ports;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code cfssl serve} with an issuing key of its own, which records what it signs in SQLite.
 *
 * @param process it
 * @param url where it listens, plain HTTP
 */
record CfsslServer(Process process, URI url) implements AutoCloseable {

    private static final String SIGNING =
            "{\"signing\":{\"default\":{\"expiry\":\"336h\",\"usages\":[\"digital signature\",\"server auth\"]}}}";
    private static final String DATABASE = "{\"driver\":\"sqlite3\",\"data_source\":\"certs.db\"}";

    /** The table that cfssl writes to, with its names. */
    private static final String TABLE =
            "create table certificates (serial_number blob not null, authority_key_identifier blob not null,"
                    + " ca_label blob, status blob not null, reason int, expiry timestamp,"
                    + " revoked_at timestamp, pem blob not null,"
                    + " primary key (serial_number, authority_key_identifier));";

    /** Whether the programs are there. */
    static boolean installed() {
        return runs("cfssl", "version") && runs("sqlite3", "-version");
    }

    private static boolean runs(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Starts one.
     *
     * @param directory new, for all it has
     * @param pragma how SQLite keeps its journal
     */
    static CfsslServer start(Path directory, Authority authority, String pragma) {
        int port = Loopback.freePort();
        try {
            Files.createDirectories(directory);
            write(directory, "ca.pem", Pem.encode(List.of(authority.certificate())));
            write(directory, "ca-key.pem", Pem.encode("PRIVATE KEY", authority.key().getEncoded()));
            write(directory, "config.json", SIGNING);
            write(directory, "db.json", DATABASE);
            begin(directory, "sqlite3", "certs.db", pragma + TABLE).waitFor();
            Process process =
                    begin(
                            directory,
                            "cfssl",
                            "serve",
                            "-address",
                            "127.0.0.1",
                            "-port",
                            String.valueOf(port),
                            "-ca",
                            "ca.pem",
                            "-ca-key",
                            "ca-key.pem",
                            "-config",
                            "config.json",
                            "-db-config",
                            "db.json",
                            "-loglevel",
                            "2");
            URI url = URI.create("http://127.0.0.1:" + port);
            CfsslServer server = new CfsslServer(process, url);
            server.awaitPort(port, directory);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path directory, String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private static Process begin(Path directory, String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
                .start();
    }

    private void awaitPort(int port, Path directory) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!Ports.isBusy(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException(
                        "cfssl does not serve: " + Files.readString(directory.resolve("log")));
            }
            Thread.sleep(20);
        }
    }

    /** How many certificates it has recorded. */
    static long recorded(Path directory) {
        try {
            Process asked =
                    new ProcessBuilder("sqlite3", "certs.db", "select count(*) from certificates")
                            .directory(directory.toFile())
                            .start();
            return Long.parseLong(
                    new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
