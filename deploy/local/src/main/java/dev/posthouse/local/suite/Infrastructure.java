package dev.posthouse.local.suite;

import dev.posthouse.local.process.JvmEnd;
import dev.posthouse.local.process.LogFile;
import dev.posthouse.local.process.Pause;
import dev.posthouse.local.process.TellingLine;
import dev.posthouse.testing.EmbeddedKafkaBroker;
import dev.posthouse.testing.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The program of the JVM that hosts PostgreSQL, Kafka or both. Their data outlives it, commits are
 * durable, and the servers stop when it does. It ends, saying why, when PostgreSQL has.
 *
 * <p>Arguments: the state directory, the file that says they are ready, and {@code postgres=<port>}
 * or {@code kafka=<port>} or both.
 */
final class Infrastructure {

    static final String POSTGRES = "postgres=";
    static final String KAFKA = "kafka=";

    private static final Duration STEP = Duration.ofMillis(500);
    private static final int LOOKS = 3;
    private static final int LINES = 60;

    private final StateDirectory state;

    private Infrastructure(StateDirectory state) {
        this.state = state;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Infrastructure infrastructure =
                new Infrastructure(new StateDirectory(Path.of(arguments[0])));
        List<String> parts = Arrays.stream(arguments).skip(2).toList();
        try {
            CompletableFuture.allOf(
                            parts.stream()
                                    .map(part ->
                                            CompletableFuture.runAsync(
                                                    () -> infrastructure.start(part)))
                                    .toArray(CompletableFuture[]::new))
                    .join();
        } catch (RuntimeException e) {
            e.printStackTrace();
            infrastructure.say("did not start");
            System.exit(1);
        }
        Files.createFile(Path.of(arguments[1]));
        for (String part : parts) {
            if (part.startsWith(POSTGRES)) {
                infrastructure.awaitEnd(port(part));
            }
        }
        Thread.currentThread().join();
    }

    private void start(String part) {
        if (part.startsWith(POSTGRES)) {
            EmbeddedPostgresServer.start(
                    new EmbeddedPostgresServer.Options(
                            state.postgres(), state.programs(), port(part), true, false));
        } else if (part.startsWith(KAFKA)) {
            EmbeddedKafkaBroker.start(
                    new EmbeddedKafkaBroker.Options(state.kafka(), port(part), false));
        } else {
            throw new IllegalArgumentException("no such part: " + part);
        }
    }

    private static int port(String part) {
        return Integer.parseInt(part.substring(part.indexOf('=') + 1));
    }

    /** PostgreSQL is no child of this process; that nobody holds its port is what tells. */
    private void awaitEnd(int port) {
        for (int free = 0; free < LOOKS; free = Ports.isBusy(port) ? 0 : free + 1) {
            Pause.of(STEP);
        }
        if (!JvmEnd.underWay()) {
            say("stopped");
            System.exit(1);
        }
    }

    /** What PostgreSQL's log tells of it, if it tells anything. */
    private void say(String what) {
        LogFile log = new LogFile(state.postgresLog());
        try {
            TellingLine.in(log.lastLines(LINES))
                    .ifPresent(line ->
                            System.out.printf(
                                    "ERROR PostgreSQL %s: %s; see %s%n", what, line, log.path()));
        } catch (IOException e) {
            System.out.printf("ERROR PostgreSQL %s; cannot read %s%n", what, log.path());
        }
    }
}
