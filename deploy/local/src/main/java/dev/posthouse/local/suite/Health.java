package dev.posthouse.local.suite;

import dev.posthouse.local.process.LocalFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * What a service says of itself on its management port.
 *
 * @param managementUrl without a path
 */
public record Health(URI managementUrl) implements Part.Readiness {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    @Override
    public void reset() {
        // Nobody answers before the process runs.
    }

    @Override
    public boolean reached() {
        HttpRequest request =
                HttpRequest.newBuilder(managementUrl.resolve("/q/health/ready"))
                        .timeout(PATIENCE)
                        .build();
        try {
            return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("interrupted", e);
        }
    }
}
