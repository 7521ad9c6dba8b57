package dev.posthouse.local.suite;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final List<String> JVM =
            List.of(
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:+UseSerialGC",
                    "-Xmx192m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    static ServiceProcess of(
            Service service, String name, SuitePlan plan, Map<String, String> settings) {
        Path cache = AotTraining.cache(plan, service);
        List<String> jvm = Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
        URI management = URI.create("http://localhost:" + settings.get("quarkus.management.port"));
        return new ServiceProcess(
                service,
                URI.create("https://localhost:" + settings.get("quarkus.http.ssl-port")),
                management,
                new Part(
                        name,
                        arguments(jvm, plan.packaged(service), settings),
                        plan.state(),
                        new Health(management)));
    }

    static List<String> arguments(List<String> jvm, Path jar, Map<String, String> settings) {
        List<String> arguments = new ArrayList<>(JVM);
        arguments.addAll(jvm);
        settings.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        arguments.add("-jar");
        arguments.add(jar.toString());
        return arguments;
    }
}
