package dev.posthouse.local.suite;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One instance of a service: a JVM that runs the packaged application, as it would in production.
 *
 * @param instance which one
 * @param url its HTTPS door, without a path
 * @param managementUrl health and metrics, without a path
 * @param part its process
 */
public record ServiceProcess(Instance instance, URI url, URI managementUrl, Part part) {

    /** The same for a start that records an {@link AotCache} and for one that uses it. */
    private static final List<String> JVM =
            List.of(
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:CompileThresholdScaling=0.4",
                    // The start-up cache is mapped where it was made (decision 20).
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:ArchiveRelocationMode=0",
                    "-Xmx128m",
                    // The keys of PEM files are put under a password in memory, many times over.
                    "-Dkeystore.pkcs12.keyPbeIterationCount=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /** A relay has both compilers, whose threads have less of a busy processor (decision 19). */
    private static final List<String> RELAY =
            List.of(
                    "-XX:ThreadPriorityPolicy=1",
                    "-XX:CompilerThreadPriority=4",
                    // Else it says each time that other priorities need root.
                    "-XX:-PrintWarnings",
                    // Else the heap is collected thrice in a start, for classes that all stay.
                    "-XX:MetaspaceSize=128m",
                    // Parcels are large, and some are in memory at a time.
                    "-Xmx184m");

    static ServiceProcess of(Instance instance, SuitePlan plan, Map<String, String> settings) {
        URI management = URI.create("http://localhost:" + settings.get("quarkus.management.port"));
        return new ServiceProcess(
                instance,
                URI.create("https://localhost:" + settings.get("quarkus.http.ssl-port")),
                management,
                new Part(
                        instance.label(),
                        arguments(instance, plan, settings),
                        plan.state(),
                        new Health(management)));
    }

    /** The flags of a role's JVM: of two that say the same the last one counts. */
    static List<String> jvm(Service role) {
        return role == Service.RELAY
                ? Stream.concat(
                                JVM.stream().filter(flag -> !flag.startsWith("-XX:TieredStop")),
                                RELAY.stream())
                        .toList()
                : JVM;
    }

    /** What it does. */
    public Service service() {
        return instance.role();
    }

    static List<String> arguments(Instance instance, SuitePlan plan, Map<String, String> settings) {
        AotCache cache = plan.cache(instance.role());
        List<String> arguments = new ArrayList<>(jvm(instance.role()));
        arguments.addAll(
                switch (plan.manner()) {
                    case PLAIN, BROKER_APART -> cache.use();
                    case CACHED -> cache.insist();
                    case RECORDING -> instance.first() ? cache.record() : List.<String>of();
                });
        settings.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        arguments.add("-jar");
        arguments.add(plan.packaged(instance.role()).toString());
        return arguments;
    }
}
