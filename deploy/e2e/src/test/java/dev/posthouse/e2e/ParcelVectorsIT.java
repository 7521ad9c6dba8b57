package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.local.suite.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every parcel of the test data at the packaged relay, with its own clock (PoHTTP, section 16). */
final class ParcelVectorsIT {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final List<HttpClient.Version> VERSIONS =
            List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2);

    /** What the gateway does with all that is not in today's format when it takes nothing else. */
    private static final int NO_PARCEL = 400;

    private static final List<HttpClient> CLIENTS = new ArrayList<>();

    @TempDir private static Path directory;

    private static URI door;
    private static Variant ofToday;

    @BeforeAll
    static void start() {
        Running suite = Running.suite();
        ServiceProcess past = suite.processes().service(Running.PAST);
        door = past.url().resolve("/");
        ofToday = Variant.start(past, Map.of("relay.legacy-formats", "false"), directory);
        VERSIONS.forEach(version ->
                CLIENTS.add(
                        HttpClient.newBuilder()
                                .sslContext(Tls.anonymous(suite.pki()).context())
                                .version(version)
                                .build()));
        ofToday.awaitReady();
    }

    @AfterAll
    static void stop() {
        CLIENTS.forEach(HttpClient::close);
        ofToday.close();
    }

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
        assertAnswered(door, row, row.at("/expect/0").asInt());
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("cases")
    void isAnsweredAsItShouldWhereOnlyTodaysFormatIsTaken(JsonNode row) throws Exception {
        boolean today = row.path("tier").asText().equals("base");
        int status = today ? row.at("/expect/0").asInt() : NO_PARCEL;
        assertThat(row.path("expect")).extracting(one -> one.asInt()).contains(status);

        assertAnswered(ofToday.url().resolve("/"), row, status);
    }

    private static void assertAnswered(URI door, JsonNode row, int status) throws Exception {
        for (HttpClient client : CLIENTS) {
            HttpResponse<String> answer = client.send(post(door, row), BodyHandlers.ofString());

            assertThat(answer.version()).isEqualTo(client.version());
            assertThat(answer.statusCode())
                    .as("%s: %s", row.path("name").asText(), row.path("why").asText())
                    .isEqualTo(status);
            assertThat(answer.body().isEmpty()).isEqualTo(status == 202);
        }
    }

    private static HttpRequest post(URI door, JsonNode row) throws IOException {
        byte[] parcel = Files.readAllBytes(Running.VECTORS.resolve(row.path("file").asText()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(door)
                        .timeout(ANSWER)
                        .POST(BodyPublishers.ofByteArray(parcel));
        if (row.hasNonNull("contentType")) {
            request.header("Content-Type", row.path("contentType").asText());
        }
        return request.build();
    }
}
