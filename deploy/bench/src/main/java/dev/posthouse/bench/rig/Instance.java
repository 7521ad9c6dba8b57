package dev.posthouse.bench.rig;

import dev.posthouse.local.process.JavaProcess;
import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.suite.Health;
import dev.posthouse.local.suite.ServiceProcess;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * One service that runs.
 *
 * @param name for the report
 * @param url its HTTPS door, without a path
 * @param process its JVM
 * @param readyAfter from exec to ready; zero when the suite has started it
 */
public record Instance(String name, URI url, JavaProcess process, Duration readyAfter)
        implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofMillis(5);

    /** Starts it and waits until its health says that it is ready. */
    static Instance start(String name, Arguments arguments, Bed bed) {
        long begin = System.nanoTime();
        JavaProcess process =
                JavaProcess.start(
                        name,
                        arguments.words(),
                        bed.state().run().resolve("bench-" + name + ".args"),
                        bed.state().logs().resolve("bench-" + name + ".log"));
        Health health =
                new Health(
                        URI.create("http://localhost:" + arguments.of("quarkus.management.port")));
        while (!health.reached()) {
            if (!process.alive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                process.kill();
                throw new LocalFailure(process.obituary());
            }
            pause();
        }
        return new Instance(
                name,
                URI.create("https://localhost:" + arguments.of("quarkus.http.ssl-port")),
                process,
                Duration.ofNanos(System.nanoTime() - begin));
    }

    /** One that the suite has started. */
    static Instance of(ServiceProcess process) {
        return new Instance(
                process.service().shortName(),
                process.url(),
                process.part().process(),
                Duration.ZERO);
    }

    private static void pause() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("interrupted", e);
        }
    }

    /** Stops it gently: a recording is written on the way out. */
    @Override
    public void close() {
        process.stop(GRACE);
    }

    /** Stops several at once. */
    public static void closeAll(List<Instance> instances) {
        instances.parallelStream().forEach(Instance::close);
    }
}
