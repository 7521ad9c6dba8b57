package dev.posthouse.repository.cert;

import static dev.posthouse.repository.TestSession.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.common.x509.Pem;
import dev.posthouse.common.x509.PemForm;
import dev.posthouse.repository.RepositoryUnderTest;
import dev.posthouse.repository.TestEvents;
import dev.posthouse.repository.TestSession;
import dev.posthouse.testing.TestAccessUrls;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CertResourceTest {

    private static final String STORED = "repository.certificate-stored";

    private final TestSession session = new TestSession();

    @Test
    void storesACertificateAndAnnouncesIt() {
        Response answer = session.store(session.chain());

        answer.then().statusCode(200).header("Content-Type", equalTo("application/json"));
        assertThat(answer.asString()).isEqualTo("{}");
        JsonNode event = TestEvents.only(STORED, session);
        assertThat(event.get("type").asText()).isEqualTo("certificate.stored");
        assertThat(event.get("source").asText()).isEqualTo("/repository-service");
        JsonNode data = event.get("data");
        assertThat(data.get("jti_hash").asText()).isEqualTo(session.jtiHash());
        Instant accepted = Instant.parse(data.get("accepted").asText());
        assertThat(accepted.toEpochMilli()).isEqualTo(issuedAt().getValueInMillis());
        assertThat(Instant.parse(data.get("stored").asText())).isAfterOrEqualTo(accepted);
        assertThat(event.toString()).doesNotContain(session.name().value(), session.jti());
    }

    private NumericDate issuedAt() {
        try {
            return session.claims().getIssuedAt();
        } catch (org.jose4j.jwt.MalformedClaimException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void handsTheTraceOnWithTheEvent() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        RepositoryUnderTest.ca()
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .contentType("application/json")
                .body(session.certFields(session.chain()))
                .post("/cert")
                .then()
                .statusCode(200);

        byte[] header =
                TestEvents.of(STORED, session)
                        .getFirst()
                        .headers()
                        .lastHeader("traceparent")
                        .value();
        assertThat(new String(header, java.nio.charset.StandardCharsets.US_ASCII))
                .matches("00-" + trace + "-[0-9a-f]{16}-01");
    }

    @Test
    void takesBase64OfTheWholeArmourToo() {
        String chain = session.chain();

        session.store(PemForm.B64.write(chain)).then().statusCode(200);

        session.collect().then().statusCode(200).body("cert", equalTo(chain));
    }

    @Test
    void takesARepeatForWhatItIs() {
        String chain = session.stored();

        session.store(chain).then().statusCode(200);

        assertThat(session.records()).isEqualTo("1");
        assertThat(TestEvents.of(STORED, session)).hasSize(1);
    }

    @Test
    void takesTheSameLeafWithOtherIntermediatesForARepeat() {
        String leaf = Pem.encode(List.of(session.certificate()));
        session.store(leaf).then().statusCode(200);

        session.store(leaf + Pem.encode(List.of(TestPki.shared().certificate())))
                .then()
                .statusCode(200);

        session.collect().then().body("cert", equalTo(leaf));
    }

    @Test
    void refusesAnotherCertificateForTheSameAccessUrl() {
        String first = session.stored();

        session.store(session.chain())
                .then()
                .statusCode(409)
                .header("Content-Type", equalTo("application/problem+json"))
                .body("code", equalTo("cert.conflict"));

        session.collect().then().body("cert", equalTo(first));
    }

    @Test
    void refusesTheSameCertificateForAnotherAddress() {
        Map<String, Object> fields = session.certFields(session.stored());
        fields.put("client_addr", TestSession.newAddress());

        post("/cert", fields).then().statusCode(409).body("code", equalTo("cert.conflict"));
    }

    @Test
    void letsExactlyOneOfTwoAtTheSameTimeWin() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 10; round++) {
                TestSession contested = new TestSession();
                List<String> chains = List.of(contested.chain(), contested.chain());
                List<Future<Integer>> answers = new ArrayList<>();
                for (String chain : chains) {
                    answers.add(callers.submit(() -> contested.store(chain).statusCode()));
                }
                assertThat(answers.stream().map(CertResourceTest::get))
                        .containsExactlyInAnyOrder(200, 409);
            }
        }
    }

    @Test
    void takesTheSameAtTheSameTimeTwice() throws Exception {
        String chain = session.chain();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers =
                    Stream.of(1, 2, 3, 4)
                            .map(i -> callers.submit(() -> session.store(chain).statusCode()))
                            .toList();

            assertThat(answers.stream().map(CertResourceTest::get)).containsOnly(200);
        }
        assertThat(TestEvents.of(STORED, session)).hasSize(1);
    }

    private static int get(Future<Integer> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0", "10.0.0.256", "010.0.0.1", "localhost", "fe80::1%eth0"})
    void refusesAnAddressThatIsNone(String address) {
        Map<String, Object> fields = session.certFields(session.chain());
        fields.put("client_addr", address);

        post("/cert", fields).then().statusCode(400).body("code", equalTo("address.client"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "with space 12345678",
                "../../../etc/passwd",
                "ü0123456789abcdef"
            })
    void refusesASessionNameThatIsNone(String name) {
        Map<String, Object> fields = session.certFields(session.chain());
        fields.put("session_name", name);

        post("/cert", fields).then().statusCode(400).body("code", equalTo("session.name"));
    }

    static Stream<String> notChains() {
        String good = new TestSession().chain();
        return Stream.of(
                "",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                good.replace("CERTIFICATE", "CERTIFICATE REQUEST"),
                good + "trailing",
                good.substring(0, good.length() / 2),
                PemForm.B64.write(good).substring(1),
                PemForm.B64.write(PemForm.B64.write(good)),
                "not PEM at all");
    }

    @ParameterizedTest
    @MethodSource("notChains")
    void refusesWhatIsNoChainOfCertificates(String cert) {
        session.store(cert).then().statusCode(400).body("code", equalTo("cert.pem"));
    }

    @Test
    void refusesASanWhoseAddressIsNone() {
        String chain = Pem.encode(List.of(OddCertificate.withSanAddressOf(new byte[5])));

        session.store(chain).then().statusCode(400).body("code", equalTo("cert.san"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cert", "client_addr", "session_name", "access_url"})
    void refusesAMissingField(String field) {
        Map<String, Object> fields = session.certFields(session.chain());
        fields.remove(field);

        post("/cert", fields).then().statusCode(400).body("code", equalTo("json.field"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cert", "client_addr", "session_name", "access_url"})
    void refusesANumberWhereAStringBelongs(String field) {
        Map<String, Object> fields = session.certFields(session.chain());
        fields.put(field, 1);

        post("/cert", fields).then().statusCode(400).body("code", equalTo("json.field"));
    }

    static Stream<String> foreignAccessUrls() {
        TestSession other = new TestSession();
        TestAccessUrls elsewhere = TestAccessUrls.shared("https://elsewhere.example");
        TestAccessUrls stranger = TestAccessUrls.stranger(RepositoryUnderTest.PUBLIC_URL);
        return Stream.of(
                "",
                "https://repository.example",
                other.accessUrl(),
                elsewhere.url(other.name()),
                other.accessUrl().replace("https://", "http://"),
                stranger.url(other.name()));
    }

    @ParameterizedTest
    @MethodSource("foreignAccessUrls")
    void refusesAnAccessUrlThatIsNotOursOrNotThisSessions(String accessUrl) {
        Map<String, Object> fields = session.certFields(session.chain());
        fields.put("access_url", accessUrl);

        post("/cert", fields).then().statusCode(403).body("code", equalTo("access-url.invalid"));
    }

    @Test
    void refusesAnAccessUrlThatHasExpired() {
        TestSession expired =
                new TestSession(claims -> claims.setExpirationTimeMinutesInTheFuture(-1));

        expired.store(expired.chain())
                .then()
                .statusCode(403)
                .body("code", equalTo("access-url.invalid"));
    }

    @Test
    void refusesATamperedSignature() {
        Map<String, Object> fields = session.certFields(session.chain());
        String url = session.accessUrl();
        char last = url.charAt(url.length() - 10);
        fields.put(
                "access_url",
                url.substring(0, url.length() - 10)
                        + (last == 'A' ? 'B' : 'A')
                        + url.substring(url.length() - 9));

        post("/cert", fields).then().statusCode(403).body("code", equalTo("access-url.invalid"));
    }
}
