package dev.posthouse.bench.neighbour;

import dev.posthouse.local.suite.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Somebody else's program that serves beside us. What it says is in {@code log} in its directory.
 *
 * @param process it
 * @param directory where it runs
 */
record Program(Process process, Path directory) implements AutoCloseable {

    private static final String LOG = "log";

    /** Whether a command is there, and ends well in time. */
    static boolean ends(Path directory, Duration most, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start();
            if (!process.waitFor(most.toNanos(), TimeUnit.NANOSECONDS)) {
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

    static Program start(Path directory, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.appendTo(directory.resolve(LOG).toFile()))
                            .start();
            return new Program(process, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it listens. It is ended if it does not. */
    void awaitPort(int port, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        try {
            while (!Ports.isBusy(port)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    close();
                    throw new IllegalStateException(
                            "It does not serve: " + Files.readString(directory.resolve(LOG)));
                }
                Thread.sleep(20);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
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
