package dev.posthouse.local.suite;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.testing.Loopback;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Records what a service loads and links while it starts, in a file beside its application, so that
 * later starts take a third of the time. A JVM leaves a file aside that was recorded of another
 * build.
 *
 * @param plan where the application is
 */
record AotTraining(SuitePlan plan) {

    private static final Duration START = Duration.ofMinutes(2);

    /** Writing the file is the larger part of it. */
    private static final Duration END = Duration.ofMinutes(3);

    static Path cache(SuitePlan plan, Service service) {
        return plan.packaged(service).resolveSibling("app.aot");
    }

    /** One start and one stop of a service with these settings. */
    void train(Service service, Map<String, String> settings) {
        Path cache = cache(plan, service);
        Loopback.delete(cache);
        URI management = URI.create("http://localhost:" + settings.get("quarkus.management.port"));
        Part training =
                new Part(
                        service.shortName() + "-training",
                        ServiceProcess.arguments(
                                List.of("-XX:AOTCacheOutput=" + cache),
                                plan.packaged(service),
                                settings),
                        plan.state(),
                        new Health(management));
        try {
            training.start();
            training.awaitReady(START);
        } finally {
            training.stop(END);
        }
        if (Files.notExists(cache)) {
            throw new LocalFailure(
                    "no AOT cache came of the training: " + training.process().obituary());
        }
    }
}
