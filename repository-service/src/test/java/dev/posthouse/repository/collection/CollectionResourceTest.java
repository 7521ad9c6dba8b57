package dev.posthouse.repository.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.common.x509.PemForm;
import dev.posthouse.repository.MovedClock;
import dev.posthouse.repository.RepositoryUnderTest;
import dev.posthouse.repository.TestEvents;
import dev.posthouse.repository.TestSession;
import dev.posthouse.testing.TestAccessUrls;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CollectionResourceTest {

    private static final String COLLECTED = "repository.certificate-collected";
    private static final TestAccessUrls URLS =
            TestAccessUrls.shared(RepositoryUnderTest.PUBLIC_URL);

    private final TestSession session = new TestSession();

    @Inject MovedClock clock;

    @Test
    void givesTheCertificateToItsClient() {
        String chain = session.stored();

        session.collect()
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("application/json"))
                .header("Cache-Control", equalTo("no-store"))
                .body("cert", equalTo(chain))
                .body("session_name", equalTo(session.name().value()));
    }

    @Test
    void givesTheFormTheClientUsed() {
        TestSession base64 = new TestSession(claims -> claims.setStringClaim("pf", "b64"));
        String chain = base64.stored();

        base64.collect().then().statusCode(200).body("cert", equalTo(PemForm.B64.write(chain)));
    }

    @Test
    void announcesTheFirstCollectionOnly() {
        session.stored();
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());

        session.collect().then().statusCode(200);
        session.collect().then().statusCode(200);

        JsonNode data = TestEvents.only(COLLECTED, session).get("data");
        assertThat(data.get("jti_hash").asText()).isEqualTo(session.jtiHash());
        assertThat(Instant.parse(data.get("collected").asText())).isAfterOrEqualTo(before);
        assertThat(data.toString()).doesNotContain(session.name().value(), session.jti());
    }

    @Test
    void announcesOneOfManyCollectionsAtTheSameTime() {
        session.stored();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers =
                    IntStream.range(0, 8)
                            .mapToObj(i -> callers.submit(() -> session.collect().statusCode()))
                            .toList();

            assertThat(answers.stream().map(CollectionResourceTest::get)).containsOnly(200);
        }
        assertThat(TestEvents.of(COLLECTED, session)).hasSize(1);
    }

    private static int get(Future<Integer> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysWhenToAskAgainForWhatIsNotReady() {
        session.collect()
                .then()
                .statusCode(404)
                .header("Retry-After", equalTo("2"))
                .body("code", equalTo("cert.not-ready"));
    }

    static Stream<String> foreignTokens() {
        TestSession good = new TestSession();
        String token = good.path().substring(1);
        String[] parts = token.split("\\.", -1);
        return Stream.of(
                "a.b.c",
                URLS.token(good.claims(), "JWT"),
                URLS.token(good.claims(), "at+jwt"),
                URLS.with("aud", "https://elsewhere.example"),
                URLS.with("exp", 1),
                URLS.with("exp", null),
                URLS.with("iat", null),
                URLS.with("jti", null),
                URLS.with("jti", "short"),
                URLS.with("sh", null),
                URLS.with("pf", null),
                URLS.with("pf", "der"),
                TestAccessUrls.stranger(RepositoryUnderTest.PUBLIC_URL)
                        .url(good.name())
                        .substring(RepositoryUnderTest.PUBLIC_URL.length() + 1),
                "eyJhbGciOiJub25lIiwidHlwIjoiYWNjZXNzLXVybCtqd3QifQ." + parts[1] + ".",
                parts[0] + "." + parts[1] + "." + parts[2].substring(2),
                parts[0] + "." + parts[1] + "A." + parts[2],
                token.substring(0, token.length() - 1) + "-");
    }

    @ParameterizedTest
    @MethodSource("foreignTokens")
    void knowsNoTokenThatTheProxyDidNotSign(String token) {
        Response answer =
                RepositoryUnderTest.client(session.address())
                        .contentType("application/json")
                        .body(Map.of("session_name", session.name().value()))
                        .post("/" + token);

        answer.then().statusCode(404).header("Retry-After", nullValue());
        assertThat(answer.jsonPath().getString("code")).isIn("access-url.unknown", "path");
    }

    @Test
    void knowsNoAccessUrlThatHasEnded() {
        session.stored();

        clock.during(
                Duration.ofHours(24).plusSeconds(1),
                () ->
                        session.collect()
                                .then()
                                .statusCode(404)
                                .header("Retry-After", nullValue())
                                .body("code", equalTo("access-url.unknown")));
    }

    @Test
    void refusesAnotherSessionBeforeAndAfterTheCertificateIsThere() {
        TestSession stored = new TestSession();
        stored.stored();

        for (TestSession asked : List.of(session, stored)) {
            asked.collectAs(asked.address(), TestSession.newName().value())
                    .then()
                    .statusCode(403)
                    .header("Retry-After", nullValue())
                    .body("code", equalTo("session.mismatch"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "0123456789abcdef\u0000", "0123456789abcde\u00e9"})
    void refusesASessionNameThatIsNone(String name) {
        session.collectAs(session.address(), name)
                .then()
                .statusCode(400)
                .body("code", equalTo("session.name"));
    }

    @Test
    void comparesSessionNamesByteForByte() {
        session.collectAs(
                        session.address(),
                        session.name().value().toUpperCase(java.util.Locale.ROOT))
                .then()
                .statusCode(403);
    }

    @Test
    void refusesACollectorElsewhere() {
        session.stored();

        session.collectFrom(TestSession.newAddress())
                .then()
                .statusCode(403)
                .header("Retry-After", nullValue())
                .body("code", equalTo("client.address"));

        assertThat(session.recorded("first_collected")).isNull();
    }

    @Test
    void givesItToACollectorAtTheNetworksOutside() {
        session.stored();

        session.collectFrom(TestSession.WAN).then().statusCode(200);
    }

    @Test
    void checksInTheOrderOfTheSheet() {
        String stranger = TestSession.newAddress();
        String wrongName = TestSession.newName().value();

        session.refuse("csr.key.size").then().statusCode(200);
        session.collectAs(stranger, wrongName).then().body("code", equalTo("session.mismatch"));
        session.collectAs(stranger, session.name().value())
                .then()
                .body("code", equalTo("issuance.refused"));

        TestSession other = new TestSession();
        other.collectAs(stranger, wrongName).then().body("code", equalTo("session.mismatch"));
        other.collectFrom(stranger).then().body("code", equalTo("cert.not-ready"));
        other.stored();
        other.collectFrom(stranger).then().body("code", equalTo("client.address"));
        other.collect().then().statusCode(200);

        clock.during(
                Duration.ofHours(25),
                () ->
                        other.collectAs(stranger, wrongName)
                                .then()
                                .body("code", equalTo("access-url.unknown")));
    }

    @Test
    void letsOneAccessUrlBeAskedThirtyTimesAMinute() {
        session.stored();
        for (int i = 0; i < 30; i++) {
            session.collectFrom(TestSession.newAddress()).then().statusCode(403);
        }

        Response answer = session.collectFrom(TestSession.newAddress());
        for (int i = 0; i < 3 && answer.statusCode() != 429; i++) {
            answer = session.collectFrom(TestSession.newAddress());
        }

        answer.then().statusCode(429).body("code", equalTo("rate.limited"));
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"session_name\":null}",
                "{\"session_name\":1}",
                "{\"session_name\":true}",
                "{\"session_name\":[]}",
                "{\"session_name\":{}}"
            })
    void refusesABodyWithoutASessionName(String body) {
        RepositoryUnderTest.client(session.address())
                .contentType("application/json")
                .body(body)
                .post(session.path())
                .then()
                .statusCode(400)
                .body("code", equalTo("json.field"));
    }
}
