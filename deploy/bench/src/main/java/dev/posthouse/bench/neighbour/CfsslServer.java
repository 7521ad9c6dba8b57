package dev.posthouse.bench.neighbour;

import dev.posthouse.client.pki.Authority;
import dev.posthouse.common.x509.Pem;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code cfssl serve} with an issuing key of its own, which records what it signs in SQLite.
 *
 * @param program it
 * @param url where it listens, plain HTTP
 */
record CfsslServer(Program program, URI url) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
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
        return Program.ends(Path.of("."), PATIENCE, command);
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
            Program.ends(directory, PATIENCE, "sqlite3", "certs.db", pragma + TABLE);
            Program program =
                    Program.start(
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
            program.awaitPort(port, PATIENCE);
            return new CfsslServer(program, URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path directory, String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
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
        program.close();
    }
}
