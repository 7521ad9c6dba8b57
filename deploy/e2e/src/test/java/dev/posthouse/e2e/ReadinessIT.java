package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.suite.Service;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is ready is called at once: the management port alone says little. */
final class ReadinessIT {

    private final Running suite = Running.suite();

    @ParameterizedTest
    @EnumSource(Service.class)
    void isByTheHttpsPortAsWell(Service service) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(
                                suite.processes()
                                        .service(service)
                                        .managementUrl()
                                        .resolve("/q/health/ready"))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> health =
                    client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("HTTPS port");
        }
    }
}
