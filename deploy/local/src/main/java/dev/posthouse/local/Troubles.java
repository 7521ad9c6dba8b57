package dev.posthouse.local;

import dev.posthouse.local.Status.HealthState;
import dev.posthouse.local.process.LogFile;
import dev.posthouse.local.process.TellingLine;
import dev.posthouse.local.suite.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with a suite and around it, in sentences that name the cause and the log.
 *
 * @param state of the suite
 * @param run what was started
 */
record Troubles(StateDirectory state, Run run) {

    /** PostgreSQL stops when it cannot add a segment of this size to its log. */
    static final long LEAST_SPACE = 16_000_000;

    private static final Duration LATELY = Duration.ofMinutes(2);
    private static final int LINES = 100;
    private static final String POSTGRES = "postgres";

    /** Those of the surroundings; none when all is well. */
    List<String> around() {
        List<String> all = new ArrayList<>();
        state.shortage(LEAST_SPACE).ifPresent(all::add);
        Status status = run.status();
        boolean database = gone(status.database());
        if (database) {
            all.add(databaseGone());
        }
        if (gone(status.kafka())) {
            all.add(kafkaGone());
        }
        state.logFiles()
                .forEach((name, log) -> {
                    if (writtenLately(log) && !(database && name.equals(POSTGRES))) {
                        TellingLine.noSpace(tail(log))
                                .ifPresent(line ->
                                        all.add(
                                                "%s: no space left: %s; see %s"
                                                        .formatted(name, line, log)));
                    }
                });
        return all;
    }

    /** Those of services that have ended. */
    List<String> ended(Status now) {
        List<String> all = new ArrayList<>();
        for (Map.Entry<String, Status.ServiceStatus> service : now.services().entrySet()) {
            if (service.getValue().health() == HealthState.STOPPED) {
                Path log = Path.of(service.getValue().log());
                all.add(sentence(service.getKey() + " stopped", log));
            }
        }
        return all;
    }

    private static boolean gone(String address) {
        return Status.infrastructure(address) == HealthState.STOPPED;
    }

    private String databaseGone() {
        return external("PostgreSQL")
                ? "PostgreSQL at " + run.status().database() + " cannot be reached"
                : sentence("PostgreSQL stopped", state.postgresLog());
    }

    private String kafkaGone() {
        Path log = state.logFiles().get("kafka");
        return external("Kafka") || log == null
                ? "Kafka at " + run.status().kafka() + " cannot be reached"
                : sentence("Kafka stopped", log);
    }

    private boolean external(String what) {
        return run.external().stream().anyMatch(other -> other.startsWith(what));
    }

    private static String sentence(String what, Path log) {
        Optional<String> line = TellingLine.in(tail(log));
        return "%s%s; see %s".formatted(what, line.map(why -> ": " + why).orElse(""), log);
    }

    private static List<String> tail(Path log) {
        try {
            return new LogFile(log).lastLines(LINES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean writtenLately(Path log) {
        try {
            Instant written = Files.getLastModifiedTime(log).toInstant();
            return written.isAfter(Instant.now().minus(LATELY));
        } catch (IOException gone) {
            return false;
        }
    }
}
