package dev.posthouse.local.suite;

import dev.posthouse.testing.EmbeddedKafkaBroker;
import dev.posthouse.testing.EmbeddedPostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The program of the JVM that hosts PostgreSQL, Kafka or both. Their data outlives it, commits are
 * durable, and the servers stop when it does.
 *
 * <p>Arguments: the state directory, the file that says they are ready, and {@code postgres=<port>}
 * or {@code kafka=<port>} or both.
 */
final class Infrastructure {

    /** {@code <short>.<event>}; nothing makes a topic by using it. */
    static final List<String> TOPICS =
            List.of(
                    "proxy.csr-accepted",
                    "proxy.csr-forwarded",
                    "ca.certificate-issued",
                    "ca.certificate-refused",
                    "repository.certificate-stored",
                    "repository.certificate-collected");

    private final StateDirectory state;

    private Infrastructure(StateDirectory state) {
        this.state = state;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Infrastructure infrastructure =
                new Infrastructure(new StateDirectory(Path.of(arguments[0])));
        try {
            CompletableFuture.allOf(
                            Arrays.stream(arguments)
                                    .skip(2)
                                    .map(part ->
                                            CompletableFuture.runAsync(
                                                    () -> infrastructure.start(part)))
                                    .toArray(CompletableFuture[]::new))
                    .join();
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
        Files.createFile(Path.of(arguments[1]));
        Thread.currentThread().join();
    }

    private void start(String part) {
        int port = Integer.parseInt(part.substring(part.indexOf('=') + 1));
        switch (part.substring(0, part.indexOf('='))) {
            case "postgres" -> startPostgres(port);
            case "kafka" -> startKafka(port);
            default -> throw new IllegalArgumentException("no such part: " + part);
        }
    }

    private void startPostgres(int port) {
        EmbeddedPostgresServer postgres =
                EmbeddedPostgresServer.start(
                        new EmbeddedPostgresServer.Options(
                                state.postgres(), state.programs(), port, true, false));
        for (Service service : Service.values()) {
            postgres.createDatabase(service.database());
        }
    }

    private void startKafka(int port) {
        EmbeddedKafkaBroker.start(new EmbeddedKafkaBroker.Options(state.kafka(), port, false))
                .createTopics(TOPICS);
    }
}
