package dev.posthouse.ymp.asking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.Await;
import dev.posthouse.testing.LogWatch;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestKafka;
import dev.posthouse.ymp.FakePeer;
import dev.posthouse.ymp.MovedClock;
import dev.posthouse.ymp.YmpUnderTest;
import dev.posthouse.ymp.peer.Peers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts grant us tokens, or try to (YMP, sections 3.2, 4 and 7). */
@QuarkusTest
class GrantResourceTest {

    @Inject AskForToken askForToken;
    @Inject HeldTokens tokens;
    @Inject ForgetStates forgetStates;
    @Inject Peers peers;
    @Inject MovedClock clock;
    @Inject MeterRegistry metrics;

    private FakePeer peer;
    private HostName host;

    @BeforeEach
    void start() {
        peer = new FakePeer("hope");
        host = HostName.parse(peer.host());
        tokens.drop(host);
        TestDatabase.change("delete from peer where host = ?", host.text());
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void takesAGrantThatWasAskedFor() {
        TestDatabase.change(
                "insert into peer (host, lease_until) values (?, now() + interval '1 hour')",
                peer.host());
        String state = ask();
        Instant before = clock.instant();

        new TestGrant(peer.host(), state).sent().then().statusCode(204).body(emptyString());

        HeldToken held = tokens.usable(host, clock.instant()).orElseThrow();
        assertThat(held.token()).isEqualTo(TestGrant.TOKEN);
        assertThat(held.expires()).isBetween(before.plusSeconds(3590), before.plusSeconds(3610));
        assertThat(held.received()).isBetween(before.minusSeconds(1), clock.instant());
        assertThat(TestDatabase.ask("select due_at <= now() from peer where host = ?", host.text()))
                .isEqualTo("t");
    }

    @Test
    void takesExpiryInQuotesAndUnknownProperties() {
        String expires = Long.toString(clock.instant().getEpochSecond() + 60);

        new TestGrant(peer.host(), ask())
                .with("expires", expires)
                .with("scope", "all")
                .sent()
                .then()
                .statusCode(204);
    }

    @Test
    void takesAGrantInWhoseNameLettersAreLarge() {
        String name = peer.host().replace("localhost", "LocalHost");

        new TestGrant(name, ask()).sent().then().statusCode(204);
    }

    @Test
    void keepsTheNewestToken() {
        new TestGrant(peer.host(), ask()).sent().then().statusCode(204);
        new TestGrant(peer.host(), ask()).with("token", "newer").sent().then().statusCode(204);

        assertThat(tokens.usable(host, clock.instant()).orElseThrow().token()).isEqualTo("newer");
    }

    @Test
    void takesAGrantOnce() {
        String state = ask();
        new TestGrant(peer.host(), state).sent().then().statusCode(204);

        refuses(new TestGrant(peer.host(), state).with("token", "replayed"), "state.invalid");

        assertThat(tokens.usable(host, clock.instant()).orElseThrow().token())
                .isEqualTo(TestGrant.TOKEN);
    }

    @Test
    void takesOneOfManyThatRaceOnAState() throws Exception {
        for (int round = 0; round < 5; round++) {
            String state = ask();
            List<Callable<String>> racing =
                    IntStream.range(0, 8)
                            .<Callable<String>>mapToObj(
                                    racer -> () -> status(state, "racer" + racer))
                            .toList();
            List<String> statuses;
            try (ExecutorService many = Executors.newFixedThreadPool(8)) {
                statuses = many.invokeAll(racing).stream().map(Future::resultNow).toList();
            }

            assertThat(Collections.frequency(statuses, "204")).isOne();
            assertThat(Collections.frequency(statuses, "400")).isEqualTo(7);
            assertThat(tokens.usable(host, clock.instant()).orElseThrow().token())
                    .isEqualTo("racer" + statuses.indexOf("204"));
        }
    }

    private String status(String state, String token) {
        Response answer = new TestGrant(peer.host(), state).with("token", token).sent();
        return Integer.toString(answer.statusCode());
    }

    @Test
    void aGrantOfAnotherHostIsRefusedAndDoesNotConsumeTheState() {
        String state = ask();

        refuses(new TestGrant("evil.example", state), "state.invalid");
        refuses(new TestGrant("localhost", state), "state.invalid");
        refuses(new TestGrant("localhost:1", state), "state.invalid");

        assertThat(tokens.usable(HostName.parse("evil.example"), clock.instant())).isEmpty();
        new TestGrant(peer.host(), state).sent().then().statusCode(204);
    }

    @Test
    void aMalformedGrantDoesNotConsumeTheState() {
        String state = ask();

        refuses(new TestGrant(peer.host(), state).with("token", "a b"), "token.syntax");
        refuses(new TestGrant(peer.host(), state).with("expires", 0), "expires.range");

        new TestGrant(peer.host(), state).sent().then().statusCode(204);
    }

    @Test
    void refusesAStateAfterAMinute() {
        String state = ask();

        clock.during(
                Duration.ofSeconds(61),
                () -> refuses(new TestGrant(peer.host(), state), "state.invalid"));

        clock.during(
                Duration.ofSeconds(55),
                () -> new TestGrant(peer.host(), state).sent().then().statusCode(204));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\ud83d", "\u0001"})
    void refusesWhatWasNeverAskedFor(String state) {
        refuses(new TestGrant(peer.host(), state), "state.invalid");
    }

    @Test
    void refusesAGrantOfAHostThatWasBlockedMeanwhile() {
        String state = ask();
        QuarkusTransaction.requiringNew().run(() -> peers.block(host));

        refuses(new TestGrant(peer.host(), state), "state.invalid");

        assertThat(tokens.usable(host, clock.instant())).isEmpty();
    }

    @Test
    void saysTheSameWhateverIsWrongWithTheState() {
        String used = ask();
        new TestGrant(peer.host(), used).sent().then().statusCode(204);
        String good = ask();

        List<Map<String, Object>> bodies =
                List.of(
                        problem(new TestGrant(peer.host(), used)),
                        problem(new TestGrant(peer.host(), "unknown")),
                        problem(new TestGrant("evil.example", good)));

        bodies.forEach(body -> body.remove("instance"));
        assertThat(bodies).allMatch(bodies.getFirst()::equals);
    }

    private static Map<String, Object> problem(TestGrant grant) {
        Response answer = grant.sent();
        assertThat(answer.statusCode()).isEqualTo(400);
        return answer.jsonPath().getMap("");
    }

    @ParameterizedTest(name = "{0} = {1} is {2}")
    @CsvSource({
        "host, 'b.example.', host.syntax",
        "host, 127.1, host.syntax",
        "host, 2130706433, host.syntax",
        "host, https://b.example, host.syntax",
        "host, b.example:0443, host.syntax",
        "token, '', token.syntax",
        "token, 'a b', token.syntax",
        "token, 'a,b', token.syntax",
        "expires, '', json.field",
        "expires, 1e9, json.field",
        "expires, 1795377600.5, json.field",
        "expires, -5, json.field",
        "expires, 1795377600000, json.field",
        "expires, 179537760000, expires.range",
        "expires, 1, expires.range"
    })
    void refusesABadField(String field, String value, String code) {
        refuses(new TestGrant(peer.host(), ask()).with(field, value), code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "token", "expires", "state"})
    void refusesAMissingField(String field) {
        refuses(new TestGrant(peer.host(), ask()).without(field), "json.field");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                  | json.syntax",
                "[]                                                  | json.syntax",
                "null                                                | json.syntax",
                "{                                                   | json.syntax",
                "{} {}                                               | json.syntax",
                "{\"host\": \"b.example\", \"host\": \"c.example\"}  | json.syntax",
                "{\"host\": [[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]}   | json.syntax",
                "{}                                                  | json.field",
                "{\"host\": 1, \"token\": 2, \"expires\": 3, \"state\": 4} | json.field"
            })
    void refusesBadJson(String body, String code) {
        refuses(TestGrant.sent(body), 400, code);
    }

    @Test
    void refusesOtherMediaTypes() {
        String grant = new TestGrant(peer.host(), ask()).text();

        refuses(
                YmpUnderTest.stranger().contentType("text/plain").body(grant).post("/grant"),
                415,
                "content-type");
    }

    @Test
    void refusesMoreThan16KiB() {
        TestGrant large = new TestGrant(peer.host(), ask()).with("x", "a".repeat(16 * 1024));

        refuses(large.sent(), 413, "body.too-large");
    }

    @Test
    void takesNothingButAPost() {
        YmpUnderTest.stranger().get("/grant").then().statusCode(405).header("Allow", "POST");
        YmpUnderTest.stranger().put("/grant").then().statusCode(405);
    }

    @Test
    void isNotUnderThePathInside() {
        YmpUnderTest.stranger()
                .contentType("application/json")
                .body(new TestGrant(peer.host(), ask()).text())
                .post("/ymp/grant")
                .then()
                .statusCode(404);
    }

    @Test
    void announcesTheToken() {
        new TestGrant(peer.host(), ask()).sent().then().statusCode(204);

        Await.await("the event is out", () -> !events().isEmpty());
        JsonPath event = JsonPath.from(events().getLast());
        assertThat(event.getString("type")).isEqualTo("token.received");
        assertThat(event.getString("subject")).isEqualTo(host.text());
        assertThat(event.getMap("data")).containsOnlyKeys("peer", "expires");
        assertThat(events()).noneMatch(body -> body.contains(TestGrant.TOKEN));
    }

    private List<String> events() {
        return TestKafka.records("ymp.token-received", host.text()).stream()
                .map(record -> record.value())
                .toList();
    }

    @Test
    void countsGrantsByResultAndTimesThem() {
        double taken = count("taken");
        double invalid = count("state.invalid");
        long timed = metrics.timer("posthouse.ymp.grants.wait").count();
        String state = ask();

        new TestGrant(peer.host(), state).sent();
        new TestGrant(peer.host(), state).sent();

        assertThat(count("taken")).isEqualTo(taken + 1);
        assertThat(count("state.invalid")).isEqualTo(invalid + 1);
        assertThat(metrics.timer("posthouse.ymp.grants.wait").count()).isEqualTo(timed + 1);
    }

    private double count(String result) {
        return metrics.counter("posthouse.ymp.grants.in", "result", result).count();
    }

    @Test
    void writesNeitherTokenNorStateIntoLogsOrAnswers() {
        String state = ask();
        try (LogWatch log = new LogWatch()) {
            new TestGrant("evil.example", state).sent();
            new TestGrant(peer.host(), state).sent();
            String refused = new TestGrant(peer.host(), state).sent().asString();

            assertThat(log.text() + refused).doesNotContain(state).doesNotContain(TestGrant.TOKEN);
        }
    }

    @Test
    void forgetsExpiredStates() {
        String state = ask();
        String count = "select count(*) from pending_state where state_hash = ?";
        byte[] hash = new State(state).hash();

        clock.during(Duration.ofSeconds(55), forgetStates::forget);
        assertThat(TestDatabase.ask(count, (Object) hash)).isEqualTo("1");
        clock.during(Duration.ofSeconds(61), forgetStates::forget);
        assertThat(TestDatabase.ask(count, (Object) hash)).isEqualTo("0");
    }

    /** Asks the peer for a token; the state it was asked with. */
    private String ask() {
        assertThat(askForToken.ask(host, () -> {})).isInstanceOf(Asked.Awaiting.class);
        return JsonPath.from(peer.next("/request").body()).getString("state");
    }

    private static void refuses(TestGrant grant, String code) {
        refuses(grant.sent(), 400, code);
    }

    private static void refuses(Response answer, int status, String code) {
        answer.then()
                .statusCode(status)
                .header("Content-Type", "application/problem+json")
                .body("code", equalTo(code));
    }
}
