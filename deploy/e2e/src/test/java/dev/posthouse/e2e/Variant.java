package dev.posthouse.e2e;

import dev.posthouse.local.process.JavaProcess;
import dev.posthouse.local.process.Pause;
import dev.posthouse.local.suite.Health;
import dev.posthouse.local.suite.ServiceProcess;
import dev.posthouse.testing.Loopback;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One more process of a party, which has some settings otherwise and ports of its own.
 *
 * @param process it
 * @param url its HTTPS door, without a path
 * @param health what it says of itself
 */
record Variant(JavaProcess process, URI url, Health health) implements AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(50);

    /** Starts it; its log and arguments are kept there. */
    static Variant start(ServiceProcess like, Map<String, String> settings, Path directory) {
        int port = Loopback.freePort();
        int management = Loopback.freePort();
        Map<String, String> all = new TreeMap<>(settings);
        all.put("quarkus.http.ssl-port", String.valueOf(port));
        all.put("quarkus.management.port", String.valueOf(management));
        // Of two that say the same the last one counts.
        List<String> arguments = new ArrayList<>(like.part().arguments());
        int jar = arguments.indexOf("-jar");
        all.forEach((key, value) -> arguments.add(jar, "-D" + key + "=" + value));
        String name = like.instance().label() + "-variant";
        return new Variant(
                JavaProcess.start(
                        name,
                        arguments,
                        directory.resolve(name + ".args"),
                        directory.resolve(name + ".log")),
                URI.create("https://localhost:" + port),
                new Health(URI.create("http://localhost:" + management)));
    }

    /** Waits until it is ready; fails, with what it printed, when it is not in time. */
    void awaitReady() {
        long end = System.nanoTime() + Running.PATIENCE.toNanos();
        while (!health.reached()) {
            if (!process.alive() || System.nanoTime() > end) {
                throw new AssertionError(process.obituary());
            }
            Pause.of(STEP);
        }
    }

    @Override
    public void close() {
        process.stop(Running.PATIENCE);
    }
}
