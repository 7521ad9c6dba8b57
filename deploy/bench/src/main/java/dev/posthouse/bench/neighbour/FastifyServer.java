package dev.posthouse.bench.neighbour;

import dev.posthouse.local.suite.DevelopmentPki;
import dev.posthouse.local.suite.Ports;
import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code deploy/bench/fastify}, with the libraries that its lock file names.
 *
 * @param process it
 * @param url where it listens
 */
record FastifyServer(Process process, URI url) implements AutoCloseable {

    private static final String SOURCE = "deploy/bench/fastify";
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "server.mjs");
    private static final int MINUTES_TO_INSTALL = 5;
    private static final int SECONDS_TO_START = 20;

    /** Whether the programs are there. */
    static boolean possible() {
        Path here = Path.of(".");
        return ends(here, 1, "node", "--version") && ends(here, 1, "npm", "--version");
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
        return ends(
                directory,
                MINUTES_TO_INSTALL,
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
            Process process =
                    new ProcessBuilder(
                                    "node",
                                    "server.mjs",
                                    String.valueOf(port),
                                    pki.certificate(module).toString(),
                                    pki.key(module).toString(),
                                    "root.der")
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log(directory))
                            .start();
            FastifyServer server =
                    new FastifyServer(process, URI.create("https://localhost:" + port));
            server.awaitPort(port, directory);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitPort(int port, Path directory) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
        while (!Ports.isBusy(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException(
                        "fastify does not serve: " + Files.readString(directory.resolve("log")));
            }
            Thread.sleep(20);
        }
    }

    private static boolean ends(Path directory, int minutes, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ProcessBuilder.Redirect log(Path directory) {
        return ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile());
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
