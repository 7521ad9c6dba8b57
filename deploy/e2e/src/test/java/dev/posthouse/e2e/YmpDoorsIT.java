package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host's doors as strangers meet them (YMP, sections 2, 3, 5 and 7). */
final class YmpDoorsIT {

    private static final int CALLS = 200;
    private static final int WARM_UP = 50;
    private static final Duration ALIKE = Duration.ofMillis(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String BLOCKED = "blocked.example";

    private final Running suite = Running.suite();
    private final URI host = suite.processes().service(Running.EAST).url();

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/ymp", "/.ymp"})
    void curlFetchesTheHostInformation(String path) throws Exception {
        Command.Result curl =
                Command.run(
                        directory,
                        List.of(
                                "curl",
                                "-sSf",
                                "--cacert",
                                suite.pki().trustAnchor().toString(),
                                host.resolve(path).toString()));

        assertThat(curl.exit()).as(curl.output()).isZero();
        JsonNode information = new ObjectMapper().readTree(curl.output());
        assertThat(information.path("ymp-version").asText()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(information.path("service-protocols").isArray()).isTrue();
        JsonNode connection = information.path("connection-protocols").path(0);
        assertThat(connection.path("name").asText()).isEqualTo("https-token");
        assertThat(connection.path("version").asText()).isEqualTo("0.0.0");
        for (String door : List.of("request-path", "grant-path", "packet-path")) {
            assertThat(connection.path("parameters").path(door).asText()).startsWith("/");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void speaksBothVersionsOfHttp(HttpClient.Version version) throws Exception {
        try (HttpClient client = client(Tls.anonymous(suite.pki()), version)) {
            HttpResponse<String> information = send(client, request("/.well-known/ymp").GET());
            HttpResponse<String> asked = post(client, "/request", "{}");
            HttpResponse<String> granted =
                    post(
                            client,
                            "/grant",
                            """
                            {"host": "b.example", "token": "abc", "expires": %d, "state": "unknown"}
                            """
                                    .formatted(System.currentTimeMillis() / 1000 + 60));
            HttpResponse<String> sent = post(client, "/packet", "{\"packet\": {\"messages\": []}}");

            for (HttpResponse<String> answer : List.of(information, asked, granted, sent)) {
                assertThat(answer.version()).isEqualTo(version);
            }
            assertThat(information.statusCode()).isEqualTo(200);
            assertThat(asked.statusCode()).isEqualTo(204);
            assertThat(granted.statusCode()).isEqualTo(400);
            assertThat(granted.body()).contains("state.invalid");
            assertThat(sent.statusCode()).isEqualTo(401);
            assertThat(sent.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
    }

    /** There is no key to check it with: what is signed by nobody or by anybody is no good. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJub25lIn0.eyJncm91cHMiOlsieW1wLWFwcGxpY2F0aW9uIl19.",
                "eyJhbGciOiJFUzI1NiJ9.eyJncm91cHMiOlsieW1wLWFwcGxpY2F0aW9uIl19.AAAA",
                "opaque"
            })
    void takesNoJwtWithoutAKey(String token) throws Exception {
        try (HttpClient client = client(Tls.anonymous(suite.pki()), HttpClient.Version.HTTP_1_1)) {
            HttpResponse<String> refused =
                    send(client, request("/inbox").header("Authorization", "Bearer " + token));

            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).contains("\"caller.token\"");
        }
    }

    /** The time to answer a request does not depend on whom it names. */
    @Test
    void tellsNothingByTheTimeItTakes() throws Exception {
        block();
        Map<String, IntFunction<String>> kinds = new LinkedHashMap<>();
        kinds.put("garbage", i -> "}".repeat(60 + i % 3));
        kinds.put("unknown", i -> asking("unknown" + i + ".example", i));
        kinds.put("blocked", i -> asking(BLOCKED, i));
        kinds.put("flooded", i -> asking("flooded.example", i));
        Map<String, long[]> times = new LinkedHashMap<>();
        kinds.keySet().forEach(kind -> times.put(kind, new long[CALLS]));
        try (HttpClient client = client(Tls.anonymous(suite.pki()), HttpClient.Version.HTTP_1_1)) {
            for (int call = -WARM_UP; call < CALLS; call++) {
                for (Map.Entry<String, IntFunction<String>> kind : kinds.entrySet()) {
                    long begin = System.nanoTime();
                    int status = post(client, "/request", kind.getValue().apply(call)).statusCode();
                    long taken = System.nanoTime() - begin;
                    assertThat(status).as(kind.getKey()).isEqualTo(204);
                    if (call >= 0) {
                        times.get(kind.getKey())[call] = taken;
                    }
                }
            }
        }
        long[] medians = times.values().stream().mapToLong(YmpDoorsIT::median).sorted().toArray();
        System.out.printf("a request is answered within %s ns%n", Arrays.toString(medians));
        assertThat(Duration.ofNanos(medians[medians.length - 1] - medians[0])).isLessThan(ALIKE);
    }

    private static long median(long[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static String asking(String name, int number) {
        return "{\"host\": \"%s\", \"state\": \"state-%d\"}".formatted(name, number);
    }

    private void block() throws Exception {
        Tls operator = Tls.of(suite.pki(), "operator");
        try (HttpClient client = client(operator, HttpClient.Version.HTTP_1_1)) {
            HttpResponse<String> answer =
                    send(
                            client,
                            request("/admin/peers/" + BLOCKED + "/block")
                                    .POST(BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        }
    }

    private HttpResponse<String> post(HttpClient client, String path, String body)
            throws Exception {
        return send(
                client,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(host.resolve(path)).timeout(TIMEOUT);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpClient client(Tls tls, HttpClient.Version version) {
        return HttpClient.newBuilder().sslContext(tls.context()).version(version).build();
    }
}
