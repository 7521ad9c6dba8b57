package dev.posthouse.ca.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import dev.posthouse.ca.CaResource;
import dev.posthouse.ca.CaUnderTest;
import dev.posthouse.ca.TestCall;
import dev.posthouse.ca.publication.FakeRepository;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.TestAccessUrls;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy may hand over, and what it hears (certificates, sections 2.2, 4, 6, 7 and 9). */
@QuarkusTest
final class CsrResourceTest {

    private FakeRepository repository;

    @BeforeEach
    void aRepository() {
        repository = FakeRepository.running();
    }

    @Test
    void takesARequestAndHandsACertificateToTheRepository() {
        TestCall call = new TestCall();

        call.post()
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("application/json"))
                .header("Cache-Control", equalTo("no-store"))
                .body("access_url", equalTo(call.accessUrl()))
                .body("lead_time", greaterThanOrEqualTo(1));

        assertThat(repository.awaitOutcome(call.accessUrl()).path("cert").asText())
                .startsWith("-----BEGIN CERTIFICATE-----\n");
    }

    @Test
    void takesTheOtherReadingOfPemForTheSameRequest() {
        TestCall call = new TestCall();
        String armour = call.csr();
        String wrapped =
                Base64.getEncoder().encodeToString(armour.getBytes(StandardCharsets.US_ASCII));

        call.with("csr", wrapped).post().then().statusCode(200);

        call.post().then().statusCode(200);
        repository.awaitOutcome(call.accessUrl());
        assertThat(call.serials("ISSUED")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789abcde",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0",
                "../../../../etc/passwd",
                "0123456789abcde\\u0000",
                "0123456789abcdef\n",
                "0123456789abcd\u00e9f",
                "0123456789abcdef "
            })
    void refusesASessionNameThatIsNone(String name) {
        new TestCall()
                .with("session_name", name)
                .post()
                .then()
                .statusCode(400)
                .body("code", equalTo("session.name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stranger",
                "expired",
                "other session",
                "other audience",
                "login",
                "none",
                "other prefix",
                "plain",
                "changed",
                "empty"
            })
    void refusesAnAccessUrlThatIsNotThisSessions(String kind) {
        TestCall call = new TestCall();
        String before = TestDatabase.ask("select count(*) from issuance");

        call.with("access_url", badUrl(kind, call))
                .post()
                .then()
                .statusCode(403)
                .body("code", equalTo("access-url.invalid"));

        assertThat(TestDatabase.ask("select count(*) from issuance")).isEqualTo(before);
    }

    private static String badUrl(String kind, TestCall call) {
        SessionName name = new SessionName(call.sessionName());
        TestAccessUrls urls = TestAccessUrls.shared(CaResource.PUBLIC_URL);
        JwtClaims claims = urls.claims(name, Instant.ofEpochMilli(System.currentTimeMillis()));
        String good = call.accessUrl();
        return switch (kind) {
            case "stranger" -> TestAccessUrls.stranger(CaResource.PUBLIC_URL).url(name);
            case "expired" -> {
                claims.setExpirationTime(NumericDate.fromSeconds(1_000_000));
                yield urls.url(claims);
            }
            case "other session" -> urls.url(new SessionName("another-session-0001"));
            case "other audience" -> {
                claims.setAudience("https://elsewhere.example");
                yield urls.url(claims);
            }
            case "login" -> CaResource.PUBLIC_URL + "/" + urls.token(claims, "JWT");
            case "none" -> {
                String header = "{\"alg\":\"none\",\"typ\":\"access-url+jwt\"}";
                String[] parts =
                        good.substring(CaResource.PUBLIC_URL.length() + 1).split("\\.", -1);
                yield CaResource.PUBLIC_URL
                        + "/"
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(header.getBytes(StandardCharsets.US_ASCII))
                        + "."
                        + parts[1]
                        + ".";
            }
            case "other prefix" -> good.replace("repository.example", "repository.example.evil");
            case "plain" -> CaResource.PUBLIC_URL + "/0123456789abcdef";
            case "changed" -> good.substring(0, good.length() - 4) + "AAAA";
            default -> "";
        };
    }

    @Test
    void answersARepeatAsTheFirstTimeAndSignsOnce() {
        TestCall call = new TestCall();
        call.post().then().statusCode(200);
        repository.awaitOutcome(call.accessUrl());

        call.post().then().statusCode(200).body("access_url", equalTo(call.accessUrl()));

        assertThat(call.serials("ISSUED")).isEqualTo(1);
        assertThat(TestDatabase.ask("select count(*) from issuance where jti = ?", call.jti()))
                .isEqualTo("1");
    }

    @Test
    void knowsAnAddressHoweverItIsWritten() {
        TestCall call = new TestCall(CsrMaker.p256(), "fd00::a:1", "203.0.113.7");
        call.post().then().statusCode(200);

        call.with("client_addr", "FD00:0:0:0:0:0:000A:1").post().then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"client_addr, 192.168.1.8", "client_addr, nonsense", "csr, another"})
    void refusesTheAccessUrlForSomethingElse(String field, String value) {
        TestCall call = new TestCall();
        call.post().then().statusCode(200);
        String other =
                field.equals("csr")
                        ? CsrMaker.p256().csr(call.sessionName(), "192.168.1.7")
                        : value;

        call.with(field, other)
                .post()
                .then()
                .statusCode(409)
                .body("code", equalTo("session.conflict"));
    }

    @Test
    void givesARefusalAgainAndNeverForgetsIt() {
        TestCall call = new TestCall().with("wan_addr", "not an address");
        String detail =
                call.post()
                        .then()
                        .statusCode(400)
                        .body("code", equalTo("address.wan"))
                        .extract()
                        .path("detail");

        call.post()
                .then()
                .statusCode(400)
                .body("code", equalTo("address.wan"))
                .body("detail", equalTo(detail));
        // The refusal stands for this AccessURL, even if the proxy thinks better of it.
        call.with("wan_addr", "203.0.113.7").post().then().statusCode(400);
        call.with("csr", "other").post().then().statusCode(409);
        assertThat(repository.awaitOutcome(call.accessUrl()).path("code").asText())
                .isEqualTo("address.wan");
    }

    @ParameterizedTest
    @CsvSource({
        "client_addr, '', 400, address.client",
        "client_addr, 192.168.1.7/32, 400, address.client",
        "client_addr, 192.168.01.7, 400, address.client",
        "client_addr, fe80::1%eth0, 400, address.client",
        "client_addr, localhost, 400, address.client",
        "client_addr, '192.168.1.7\u0000', 400, address.client",
        "wan_addr, '', 400, address.wan",
        "wan_addr, example.org, 400, address.wan",
        "client_addr, 192.168.1.8, 403, address.mismatch",
        "client_addr, fd00::7, 403, address.mismatch",
        "wan_addr, 224.0.0.1, 403, address.forbidden",
        "wan_addr, 127.0.0.1, 403, address.forbidden",
        "wan_addr, 0.0.0.0, 403, address.forbidden",
        "wan_addr, 169.254.1.1, 403, address.forbidden",
        "wan_addr, 255.255.255.255, 403, address.forbidden",
        "wan_addr, 198.51.100.1, 403, address.outside-constraints",
        "wan_addr, 2001:db8::1, 403, address.outside-constraints"
    })
    void refusesAddressesForGood(String field, String value, int status, String code) {
        TestCall call = new TestCall().with(field, value);

        call.post().then().statusCode(status).body("code", equalTo(code));

        assertThat(call.recorded("state")).isEqualTo("REFUSED");
        assertThat(call.recorded("refusal_code")).isEqualTo(code);
        var told = repository.awaitOutcome(call.accessUrl());
        assertThat(told.path("code").asText()).isEqualTo(code);
        assertThat(told.path("session_name").asText()).isEqualTo(call.sessionName());
        assertThat(call.serials("ISSUED")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "172.16.0.1, 203.0.113.7, address.outside-constraints",
        "10.66.1.1, 203.0.113.7, address.outside-constraints",
        "fe80::1, 203.0.113.7, address.forbidden",
        "127.0.0.1, 203.0.113.7, address.forbidden",
        "203.0.113.9, 203.0.113.7, address.forbidden",
        "239.1.1.1, 203.0.113.7, address.forbidden"
    })
    void refusesAnAddressThatNoCertificateMayCarry(String client, String wan, String code) {
        TestCall call = new TestCall(CsrMaker.p256(), client, wan);

        call.post().then().statusCode(403).body("code", equalTo(code));

        assertThat(repository.awaitOutcome(call.accessUrl()).path("code").asText()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csr", "client_addr", "wan_addr", "session_name", "access_url"})
    void wantsEveryField(String field) {
        new TestCall()
                .without(field)
                .post()
                .then()
                .statusCode(400)
                .body("code", equalTo("json.field"));
        new TestCall()
                .with(field, null)
                .post()
                .then()
                .statusCode(400)
                .body("code", equalTo("json.field"));
        new TestCall()
                .with(field, 1)
                .post()
                .then()
                .statusCode(400)
                .body("code", equalTo("json.field"));
        new TestCall()
                .with(field, List.of("x"))
                .post()
                .then()
                .statusCode(400)
                .body("code", equalTo("json.field"));
    }

    @Test
    void passesOverUnknownFields() {
        new TestCall()
                .with("serial", 7)
                .with("extensions", List.of())
                .post()
                .then()
                .statusCode(200);
    }

    @Test
    void recordsOneOfManyEqualRequestsAtOnce() throws Exception {
        TestCall call = new TestCall();

        List<Integer> statuses = atOnce(IntStream.range(0, 16).mapToObj(i -> call).toList());

        assertThat(statuses).containsOnly(200);
        repository.awaitOutcome(call.accessUrl());
        assertThat(call.serials("ISSUED") + call.serials("SIGNING") + call.serials("VOID"))
                .isEqualTo(1);
    }

    @Test
    void letsTheFirstOfManyDifferentRequestsWin() throws Exception {
        TestCall call = new TestCall();
        List<TestCall> rivals =
                IntStream.range(0, 16)
                        .mapToObj(i ->
                                call.with(
                                        "csr",
                                        CsrMaker.p256().csr(call.sessionName(), "192.168.1.7")))
                        .toList();

        List<Integer> statuses = atOnce(rivals);

        assertThat(statuses).containsOnlyOnce(200);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(15);
        repository.awaitOutcome(call.accessUrl());
        assertThat(call.serials("ISSUED")).isEqualTo(1);
    }

    @Test
    void letsARefusalAndARequestRace() throws Exception {
        TestCall call = new TestCall();
        List<TestCall> rivals =
                IntStream.range(0, 16)
                        .mapToObj(i -> i % 2 == 0 ? call : call.with("csr", "nonsense"))
                        .toList();

        List<Integer> statuses = atOnce(rivals);

        boolean accepted = call.recorded("refusal_code") == null;
        assertThat(statuses).filteredOn(status -> status == (accepted ? 200 : 400)).hasSize(8);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(8);
        repository.awaitOutcome(call.accessUrl());
        assertThat(repository.calls(call.accessUrl())).isEqualTo(1);
    }

    private static List<Integer> atOnce(List<TestCall> calls) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
            List<Callable<Integer>> posts =
                    calls.stream()
                            .<Callable<Integer>>map(call -> () -> call.post().statusCode())
                            .toList();
            return threads.invokeAll(posts).stream().map(CsrResourceTest::status).toList();
        }
    }

    private static int status(Future<Integer> answer) {
        try {
            return answer.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tellsTheProxyItsAddress() {
        Response state = CaUnderTest.door().with(CaUnderTest.PROXY).get("/state");

        state.then()
                .statusCode(200)
                .header("Content-Type", equalTo("application/json"))
                .body("observed_addr", equalTo("127.0.0.1"))
                .body("lead_time", greaterThanOrEqualTo(1));
    }

    @Test
    void believesNoForwardingHeader() {
        CaUnderTest.door()
                .with(CaUnderTest.PROXY)
                .header("Forwarded", "for=198.51.100.9")
                .header("X-Forwarded-For", "198.51.100.9")
                .get("/state")
                .then()
                .statusCode(200)
                .body("observed_addr", equalTo("127.0.0.1"));
    }
}
