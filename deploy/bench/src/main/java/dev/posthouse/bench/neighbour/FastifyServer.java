package dev.posthouse.bench.neighbour;

import dev.posthouse.local.suite.DevelopmentPki;
import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code deploy/bench/fastify}, with the libraries that its lock file names.
 *
 * @param program it
 * @param url where it listens
 */
record FastifyServer(Program program, URI url) implements AutoCloseable {

    private static final String SOURCE = "deploy/bench/fastify";
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "server.mjs");
    private static final Duration TO_ASK = Duration.ofMinutes(1);
    private static final Duration TO_INSTALL = Duration.ofMinutes(5);
    private static final Duration TO_START = Duration.ofSeconds(20);

    /** Whether the programs are there. */
    static boolean possible() {
        Path here = Path.of(".");
        return Program.ends(here, TO_ASK, "node", "--version")
                && Program.ends(here, TO_ASK, "npm", "--version");
    }

    /** Puts it into a directory, with the libraries of the lock file and none of their scripts. */
    static boolean install(Path home, Path directory) {
        try {
            Files.createDirectories(directory);
            for (String file : FILES) {
                Files.copy(home.resolve(SOURCE).resolve(file), directory.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Program.ends(
                directory,
                TO_INSTALL,
                "npm",
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefer-offline");
    }

    /**
     * Starts it.
     *
     * @param directory where it was put
     * @param root the certificate of the Internet gateway, by which parcels are judged
     */
    static FastifyServer start(Path directory, DevelopmentPki pki, byte[] root) {
        int port = Loopback.freePort();
        String module = Service.RELAY.module();
        try {
            Files.write(directory.resolve("root.der"), root);
            Program program =
                    Program.start(
                            directory,
                            "node",
                            "server.mjs",
                            String.valueOf(port),
                            pki.certificate(module).toString(),
                            pki.key(module).toString(),
                            "root.der");
            program.awaitPort(port, TO_START);
            return new FastifyServer(program, URI.create("https://localhost:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
