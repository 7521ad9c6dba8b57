package dev.posthouse.local.suite;

import dev.posthouse.local.suite.SuitePlan.Manner;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One instance of a service: a JVM that runs the packaged application, as it would in production.
 *
 * @param service which one
 * @param url its HTTPS door, without a path
 * @param managementUrl health and metrics, without a path
 * @param part its process
 */
public record ServiceProcess(Service service, URI url, URI managementUrl, Part part) {

    /** The same for a start that records an {@link AotCache} and for one that uses it. */
    private static final List<String> JVM =
            List.of(
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:+UseSerialGC",
                    "-Xmx192m",
                    // The keys of PEM files are put under a password in memory, many times over.
                    "-Dkeystore.pkcs12.keyPbeIterationCount=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    static ServiceProcess of(
            Service service, String name, SuitePlan plan, Map<String, String> settings) {
        URI management = URI.create("http://localhost:" + settings.get("quarkus.management.port"));
        return new ServiceProcess(
                service,
                URI.create("https://localhost:" + settings.get("quarkus.http.ssl-port")),
                management,
                new Part(
                        name,
                        arguments(service, plan, settings),
                        plan.state(),
                        new Health(management)));
    }

    static List<String> arguments(Service service, SuitePlan plan, Map<String, String> settings) {
        AotCache cache = plan.cache(service);
        List<String> arguments = new ArrayList<>(JVM);
        arguments.addAll(plan.manner() == Manner.RECORDING ? cache.record() : cache.use());
        settings.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        arguments.add("-jar");
        arguments.add(plan.packaged(service).toString());
        return arguments;
    }
}
