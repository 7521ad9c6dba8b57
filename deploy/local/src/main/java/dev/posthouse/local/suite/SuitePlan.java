package dev.posthouse.local.suite;

import dev.posthouse.local.process.LocalFailure;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What to start, and with what.
 *
 * @param home the repository's root, where the packaged services are
 * @param state where everything is kept
 * @param settings what differs from the playground's settings
 * @param ports who listens where
 * @param brokerApart whether Kafka has a process of its own, so that it can be taken away
 */
public record SuitePlan(
        Path home, StateDirectory state, Settings settings, Ports ports, boolean brokerApart) {

    /** Names the first service that is not built. */
    void requirePackaged() {
        for (Service service : Service.values()) {
            if (Files.notExists(packaged(service))) {
                throw new LocalFailure(
                        packaged(service)
                                + " is missing; ./mvnw -DskipTests package, or ./posthouse, builds it");
            }
        }
    }

    /** A service's packaged application. */
    Path packaged(Service service) {
        return home.resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
    }
}
