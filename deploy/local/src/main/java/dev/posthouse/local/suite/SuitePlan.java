package dev.posthouse.local.suite;

import dev.posthouse.local.process.LocalFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to start, and with what.
 *
 * @param home the repository's root, where the packaged services are
 * @param state where everything is kept
 * @param settings what differs from the playground's settings
 * @param ports who listens where
 * @param manner how its processes are started
 */
public record SuitePlan(
        Path home, StateDirectory state, Settings settings, Ports ports, Manner manner) {

    /** How processes are started. */
    public enum Manner {
        /** PostgreSQL and Kafka share a process. */
        PLAIN,
        /** Each has a process of its own, so that it can be taken away. */
        BROKER_APART,
        /** As plain, and a service that cannot use its {@link AotCache} does not start. */
        CACHED,
        /** As plain, and each service's JVM records an {@link AotCache}. */
        RECORDING
    }

    /** Names the first service that is not built. */
    public void requirePackaged() {
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

    AotCache cache(Service service) {
        return new AotCache(packaged(service), ServiceProcess.jvm(service));
    }

    /** Whether every service has a cache of this build. */
    public boolean cached() {
        return Stream.of(Service.values()).map(this::cache).allMatch(AotCache::fresh);
    }

    /** Whether every service has at least one that was recorded briefly. */
    public boolean quick() {
        return Stream.of(Service.values()).map(this::cache).allMatch(AotCache::usable);
    }

    /** What is somebody else's and so neither stopped nor emptied, for people. */
    public List<String> external() {
        List<String> external = new ArrayList<>();
        if (!database().ours()) {
            external.add("PostgreSQL at " + database().hosts());
        }
        if (!broker().ours()) {
            external.add("Kafka at " + broker().bootstrapServers());
        }
        return external;
    }

    /** Where PostgreSQL is. */
    public DatabaseServer database() {
        return DatabaseServer.of(settings, ports);
    }

    /** Where Kafka is. */
    public Broker broker() {
        return Broker.of(settings, ports);
    }
}
