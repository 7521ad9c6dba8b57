package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every parcel of the test data at the packaged relay, with its own clock (PoHTTP, section 16). */
final class ParcelVectorsIT {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Running suite = Running.suite();
    private final URI door = suite.processes().service(Running.PAST).url().resolve("/");

    static Stream<JsonNode> cases() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        new ObjectMapper()
                .readTree(Running.VECTORS.resolve("manifest.json").toFile())
                .path("cases")
                .forEach(cases::add);
        assertThat(cases).hasSizeGreaterThan(50);
        return cases.stream();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("cases")
    void isAnsweredAsItShould(JsonNode row) throws Exception {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpResponse<String> answer = post(row, version);

            assertThat(answer.statusCode())
                    .as("%s: %s", row.path("name").asText(), row.path("why").asText())
                    .isEqualTo(row.at("/expect/0").asInt());
            assertThat(answer.body().isEmpty()).isEqualTo(answer.statusCode() == 202);
        }
    }

    private HttpResponse<String> post(JsonNode row, HttpClient.Version version) throws Exception {
        byte[] parcel = Files.readAllBytes(Running.VECTORS.resolve(row.path("file").asText()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(door)
                        .timeout(ANSWER)
                        .POST(BodyPublishers.ofByteArray(parcel));
        if (row.hasNonNull("contentType")) {
            request.header("Content-Type", row.path("contentType").asText());
        }
        try (HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(Tls.anonymous(suite.pki()).context())
                        .version(version)
                        .build()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
