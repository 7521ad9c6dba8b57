package dev.posthouse.proxy.handover;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.await;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static dev.posthouse.proxy.ProxyUnderTest.state;
import static dev.posthouse.testing.TestDatabase.ask;
import static dev.posthouse.testing.TestDatabase.change;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.proxy.ProxyUnderTest;
import dev.posthouse.proxy.ca.FakeCa;
import dev.posthouse.proxy.ca.FakeCa.Answer;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.TestDoor;
import dev.posthouse.testing.TestKafka;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Certificates, section 9: P → CA, at least once, until the CA has it, refuses it or time is over.
 */
@QuarkusTest
final class HandOverTest {

    @TestHTTPResource(tls = true)
    URI url;

    @Inject CircuitBreakerMaintenance breakers;

    private final String session = sessionName();
    private final String client = address();
    private FakeCa ca;

    @BeforeEach
    void open() {
        ca = new FakeCa();
    }

    @AfterEach
    void close() {
        breakers.resetAll();
        ca.close();
    }

    private String submit() {
        return submit(session, client);
    }

    private String submit(String session, String client) {
        return new ProxyUnderTest(url)
                .post(session, client)
                .then()
                .statusCode(200)
                .extract()
                .path("access_url");
    }

    private static String column(String name, String accessUrl) {
        return ask("select " + name + " from session where access_url = '" + accessUrl + "'");
    }

    @Test
    void tellsTheCaWhatTheSheetSays() {
        String accessUrl = submit();
        await(() -> state(accessUrl).equals("FORWARDED"));

        var request = ca.received(session).getFirst();

        assertThat(request.getMap("").keySet())
                .containsExactlyInAnyOrder(
                        "csr", "client_addr", "wan_addr", "session_name", "access_url");
        assertThat(request.getString("csr")).startsWith("-----BEGIN CERTIFICATE REQUEST-----\n");
        assertThat(request.getString("client_addr")).isEqualTo(client);
        assertThat(request.getString("wan_addr")).isEqualTo("203.0.113.7");
        assertThat(request.getString("access_url")).isEqualTo(accessUrl);
    }

    /** Certificates, section 12: handed over later, and still in the trace it came in. */
    @Test
    void staysInTheClientsTrace() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        String accessUrl =
                new TestDoor(url)
                        .anonymous()
                        .header("Forwarded", "for=" + client)
                        .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                        .contentType("application/json")
                        .body(
                                Map.of(
                                        "csr",
                                        CsrMaker.p256().csr(session, client),
                                        "session_name",
                                        session))
                        .post("/csr")
                        .path("access_url");
        await(() -> state(accessUrl).equals("FORWARDED"));

        assertThat(ca.trace(session)).contains(trace);
        String key = AccessUrl.jtiHash(column("jti", accessUrl));
        await(() -> !TestKafka.records("proxy.csr-forwarded", key).isEmpty());
        var fact = TestKafka.records("proxy.csr-forwarded", key).getFirst();
        assertThat(new String(fact.headers().lastHeader("traceparent").value(), US_ASCII))
                .contains(trace);
    }

    @Test
    void forgetsSecretsThatTheCaHas() {
        String accessUrl = submit();
        await(() -> state(accessUrl).equals("FORWARDED"));

        assertThat(column("session_name", accessUrl)).isNull();
        assertThat(column("csr", accessUrl)).isNull();
        assertThat(column("name_hash", accessUrl)).matches("[0-9a-f]{64}").isNotEqualTo(session);
    }

    @Test
    void triesAgainWhenTheAnswerIsLost() {
        ca.when(session, n -> n < 3 ? Answer.lost() : Answer.taken());

        String accessUrl = submit();

        await(() -> state(accessUrl).equals("FORWARDED"));
        assertThat(ca.received(session)).hasSize(3);
        assertThat(ca.received(session))
                .extracting(request -> request.getString("access_url"))
                .containsOnly(accessUrl);
    }

    /** What the circuit breaker would turn away stays as it is, and lengthens no pause. */
    @Test
    void countsNoAttemptThatNeverLeft() {
        ca.otherwise(n -> Answer.problem(500, "internal"));
        sessions(20).forEach(name -> submit(name, address()));
        await(() -> breakers.currentState("ca") == CircuitBreakerState.OPEN);
        Map<String, String> accessUrls =
                sessions(5).collect(toMap(name -> name, name -> submit(name, address())));
        pause(Duration.ofMillis(2_500));

        ca.otherwise(n -> Answer.taken());

        accessUrls.values().forEach(each -> await(() -> state(each).equals("FORWARDED")));
        assertThat(accessUrls)
                .allSatisfy((name, accessUrl) ->
                        assertThat(column("attempts", accessUrl))
                                .isEqualTo(String.valueOf(ca.received(name).size())));
    }

    private static Stream<String> sessions(int number) {
        return Stream.generate(ProxyUnderTest::sessionName).limit(number);
    }

    @ParameterizedTest
    @CsvSource({
        "500, internal",
        "502, unnamed",
        "503, overload",
        "401, caller.unauthenticated",
        "403, caller.role",
        "403, access-url.invalid",
        "404, path",
        "415, content-type",
        "429, rate.limited",
    })
    void triesAgainWhatIsOurTroubleOrTheCas(int status, String code) {
        ca.when(session, n -> n < 2 ? Answer.problem(status, code) : Answer.taken());

        String accessUrl = submit();

        await(() -> state(accessUrl).equals("FORWARDED"));
        assertThat(ca.received(session)).hasSize(2);
        assertThat(Integer.parseInt(column("attempts", accessUrl))).isGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "400, csr.key.size",
        "409, session.conflict",
        "413, body.too-large",
        "403, address.outside-constraints",
        "403, address.forbidden",
        "403, csr.extension.forbidden",
    })
    void takesARefusalForGoodAndSaysSo(int status, String code) {
        ca.when(session, n -> Answer.problem(status, code));

        String accessUrl = submit();

        await(() -> state(accessUrl).equals("REFUSED"));
        assertThat(ca.received(session)).hasSize(1);
        assertThat(column("csr", accessUrl)).isNull();
        assertThat(facts(accessUrl).getLast())
                .contains("\"outcome\":\"refused\"")
                .contains("\"code\":\"" + code + "\"");
    }

    @Test
    void takesAProblemThatIsNoneForWhatItsStatusSays() {
        ca.when(session, n -> new Answer(400, "<script>\n", Map.of()));

        String accessUrl = submit();

        await(() -> state(accessUrl).equals("REFUSED"));
        assertThat(facts(accessUrl).getLast()).contains("\"code\":\"unnamed\"");
    }

    @Test
    void waitsAsLongAsTheCaAsksButNotPastItsOwnLongestPause() {
        ca.when(session, n -> n < 2 ? Answer.retry(503, "overload", 86_400) : Answer.taken());

        String accessUrl = submit();

        await(() -> state(accessUrl).equals("FORWARDED"));
    }

    @Test
    void givesUpWhenTheAccessUrlEnds() {
        ca.when(session, n -> Answer.retry(503, "overload", 1));
        String accessUrl = submit();

        change(
                "update session set expires_at = now() - interval '1 second' where access_url = '"
                        + accessUrl
                        + "'");

        await(() -> state(accessUrl).equals("EXPIRED"));
        assertThat(column("session_name", accessUrl)).isNull();
        assertThat(facts(accessUrl).getLast()).contains("\"outcome\":\"expired\"");
    }

    /** What a crash between the CA's answer and its record leaves. */
    @Test
    void handsOverAgainWhatACrashedReplicaHadClaimed() {
        ca.when(session, n -> Answer.retry(503, "overload", 1));
        String accessUrl = submit();
        await(() -> ca.received(session).size() == 1);
        String row = " where access_url = '" + accessUrl + "'";
        await(() ->
                change(
                                "update session set lease_until = now() + interval '1 hour',"
                                        + " next_attempt = now()"
                                        + row
                                        + " and lease_until is null")
                        == 1);
        ca.when(session, n -> Answer.taken());
        int before = ca.received(session).size();
        pause(Duration.ofMillis(600));
        assertThat(ca.received(session)).hasSize(before);

        change("update session set lease_until = now() - interval '1 second'" + row);

        await(() -> state(accessUrl).equals("FORWARDED"));
    }

    private static void pause(Duration length) {
        java.util.concurrent.locks.LockSupport.parkNanos(length.toNanos());
    }

    @Test
    void announcesAcceptanceAndOutcomeWithHashesOnly() {
        String accessUrl = submit();
        await(() -> state(accessUrl).equals("FORWARDED"));
        String jti = column("jti", accessUrl);

        List<String> facts = facts(accessUrl);

        assertThat(facts).hasSize(2);
        assertThat(facts.get(0))
                .contains("\"type\":\"csr.accepted\"")
                .contains("\"csr_hash\":\"" + column("csr_hash", accessUrl) + "\"");
        assertThat(facts.get(1))
                .contains("\"type\":\"csr.forwarded\"")
                .contains("\"outcome\":\"accepted\"");
        assertThat(facts)
                .allSatisfy(fact ->
                        assertThat(fact)
                                .contains(AccessUrl.jtiHash(jti))
                                .doesNotContain(jti)
                                .doesNotContain(session)
                                .doesNotContain("https:"));
    }

    /** The events of a session in order: one from each topic. */
    private static List<String> facts(String accessUrl) {
        String key = AccessUrl.jtiHash(column("jti", accessUrl));
        await(() -> !TestKafka.records("proxy.csr-forwarded", key).isEmpty());
        return Stream.of("proxy.csr-accepted", "proxy.csr-forwarded")
                .flatMap(topic -> TestKafka.records(topic, key).stream())
                .map(ConsumerRecord::value)
                .toList();
    }
}
