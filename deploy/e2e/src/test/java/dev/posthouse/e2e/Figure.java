package dev.posthouse.e2e;

import dev.posthouse.local.suite.ServiceProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * A number that a process shows at {@code /q/metrics}, asked for as Prometheus does.
 *
 * @param process which
 * @param sample metric and labels, as they are written there
 */
record Figure(ServiceProcess process, String sample) {

    /** As it is now; what is not shown yet is 0. */
    long now() throws Exception {
        URI metrics = process.managementUrl().resolve("/q/metrics");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(metrics)
                            .version(Version.HTTP_1_1)
                            .timeout(Running.PATIENCE)
                            .build();
            return client.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(sample + " "))
                    .mapToLong(line -> value(line.substring(sample.length())))
                    .sum();
        }
    }

    /** What stands after it is an exemplar. */
    private static long value(String rest) {
        return (long) Double.parseDouble(rest.strip().split(" ", 2)[0]);
    }
}
