package dev.posthouse.relay.parcel;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.posthouse.client.parcel.ParcelBuilder;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.HeldCommits;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.RelayEvents;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.RelayVectors;
import dev.posthouse.testing.EitherVersion;
import dev.posthouse.testing.RawHttp;
import dev.posthouse.testing.RawHttp.Reply;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PoHTTP, sections 8 and 10: the door for strangers' parcels, a test for each row. */
@QuarkusTest
class ParcelResourceTest {

    private static final String TYPE = "application/vnd.awala.parcel";
    private static final String HEAD = "Content-Type: " + TYPE + "\r\n";
    private static final NodeId GATEWAY = NodeId.parse(RelayUnderTest.PRIVATE_GATEWAY);
    private static final int MOST = 8_322_037;
    private static final byte[] VALID = RelayVectors.parcel("valid");
    private static final AtomicInteger ARRIVED = new AtomicInteger();

    @Inject WaitingParcels waiting;
    @Inject MeterRegistry metrics;
    @Inject MovedClock clock;

    static void count(@Observes ParcelArrived arrived) {
        if (arrived.gateway().equals(GATEWAY)) {
            ARRIVED.incrementAndGet();
        }
    }

    @BeforeEach
    @AfterEach
    void empty() {
        TestQueue.empty(GATEWAY);
    }

    private static RequestSpecification sender() {
        return RelayUnderTest.stranger().contentType(TYPE);
    }

    private static Response post(byte[] parcel) {
        return sender().body(parcel).post("/");
    }

    private static RawHttp connect() {
        return RawHttp.connect(RelayUnderTest.door().url());
    }

    private List<Waiting> waiting() {
        return waiting.besides(GATEWAY, Set.of(), 100);
    }

    private void awaitNothingInFlight() {
        await(
                "no body is in flight",
                () -> metrics.get("posthouse.relay.octets.in.flight").gauge().value() == 0);
    }

    @Test
    void storesAParcelAndSaysNothing() {
        int before = ARRIVED.get();

        post(VALID).then().statusCode(202).body(emptyString()).header("Set-Cookie", equalTo(null));

        assertThat(waiting())
                .singleElement()
                .satisfies(one -> assertThat(one.octets()).isEqualTo(VALID));
        assertThat(ARRIVED).hasValue(before + 1);
        awaitNothingInFlight();
    }

    /** Section 16: 202 only after the commit, which here takes a while. */
    @Test
    void saysNothingUntilItIsCommitted() throws Exception {
        try (HeldCommits held = HeldCommits.begin();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> status = threads.submit(() -> post(VALID).statusCode());
            await("its commit waits", held::holdsOne);

            assertThatThrownBy(() -> status.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            assertThat(waiting()).isEmpty();
            held.letGo();

            assertThat(status.get()).isEqualTo(202);
        }
        assertThat(waiting()).hasSize(1);
    }

    /** Section 7, row 7. */
    @Test
    void takesWhatNamesUsByAnyOfOurNames() {
        for (String name :
                new String[] {"alias.example.net", "ALIAS.example.net", RelayUnderTest.ADDRESS}) {
            assertThat(post(sealed().internetAddress(name).build()).statusCode())
                    .as(name)
                    .isEqualTo(202);
        }
        assertThat(post(sealed().internetAddress("other.example.net").build()).statusCode())
                .isEqualTo(403);
        assertThat(waiting()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer x",
                "Authorization: Basic !",
                "Cookie: a=b",
                "Cookie: =;=",
                "X-Relaynet-Gateway: ???",
                "Expect: 100-continue",
                "Accept: text/html",
                "Accept: application/json;q=0",
                "If-Match: \"x\"",
                "Content-Language: ?"
            })
    void takesNoNoticeOfOtherHeaders(String header) {
        try (RawHttp http = connect()) {
            Reply reply = http.request("POST /", HEAD + header + "\r\n", VALID).receive();
            assertThat(reply.status() == 100 ? http.receive().status() : reply.status())
                    .isEqualTo(202);
        }
    }

    @Test
    void keepsWhoSentIt() {
        sender().header("X-Relaynet-Gateway", "rng+http://there.example")
                .body(VALID)
                .post("/?query=x")
                .then()
                .statusCode(202);

        assertThat(sentBy()).isEqualTo("rng+http://there.example");
    }

    private static String sentBy() {
        return TestDatabase.ask("select sent_by from parcel where gateway = ?", GATEWAY.text());
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void answersOtherMethods(HttpVersion version) {
        try (EitherVersion client = new EitherVersion(version, RelayUnderTest.door().url())) {
            byte[] nothing = {};
            var got = client.call("GET", "/", Map.of("accept", "text/html"), nothing);
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.header("content-type")).startsWith("text/plain");
            assertThat(got.body().toString()).contains("Internet gateway");
            var headed = client.call("HEAD", "/", Map.of(), nothing);
            assertThat(headed.status()).isEqualTo(200);
            assertThat(headed.body().length()).isZero();
            var asked = client.call("OPTIONS", "/", Map.of(), nothing);
            assertThat(asked.status()).isEqualTo(204);
            assertThat(asked.header("allow")).isEqualTo("POST, GET, HEAD, OPTIONS");
            for (String method : new String[] {"PUT", "DELETE", "PATCH", "TRACE", "FOO"}) {
                var refused = client.call(method, "/", Map.of(), nothing);
                assertThat(refused.status()).as(method).isEqualTo(405);
                assertThat(refused.header("allow")).isEqualTo("POST, GET, HEAD, OPTIONS");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pohttp/parcels", "/pohttp", "/parcels", "//", "/index.html"})
    void answersOnItsOwnPathAlone(String path) {
        sender().body(VALID).post(path).then().statusCode(404);
    }

    @Test
    void wordsRefusalsAsTheyAreAccepted() {
        byte[] garbage = RelayVectors.parcel("garbage");
        sender().accept("application/json")
                .body(garbage)
                .post("/")
                .then()
                .statusCode(400)
                .contentType("application/json")
                .body("message", not(emptyString()));
        Response text = sender().accept("text/plain").body(garbage).post("/");
        assertThat(text.statusCode()).isEqualTo(400);
        assertThat(text.contentType()).startsWith("text/plain");
        assertThat(text.body().asString()).endsWith(".").doesNotContain("{");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity", "br"})
    void refusesEncodings(String encoding) {
        sender().header("Content-Encoding", encoding).body(VALID).post("/").then().statusCode(415);
    }

    @Test
    void refusesWhatHasNoTypeOrTwo() {
        for (String head : new String[] {"", HEAD + HEAD, "Content-Type: x\r\n"}) {
            try (RawHttp http = connect()) {
                assertThat(http.request("POST /", head, VALID).receive().status()).isEqualTo(415);
            }
        }
    }

    @Test
    void takesEitherTypeForAnyFormat() {
        for (String type : new String[] {TYPE, "application/vnd.relaynet.parcel; a=b"}) {
            for (String name : new String[] {"valid", "legacy-b-valid", "legacy-a-valid"}) {
                RelayUnderTest.stranger()
                        .contentType(type)
                        .body(RelayVectors.parcel(name))
                        .post("/")
                        .then()
                        .statusCode(202);
            }
        }
    }

    @Test
    void refusesAGatewayThatIsRevoked() {
        TestDatabase.change(
                "insert into gateway (id, registered, revoked) values (?, now(), now())",
                GATEWAY.text());
        try {
            await("it is no longer believed", () -> post(VALID).statusCode() == 403);
        } finally {
            TestDatabase.change("delete from gateway where id = ?", GATEWAY.text());
        }
        assertThat(post(VALID).statusCode()).isEqualTo(202);
    }

    @Test
    void storesOneOfManyEqualPosts() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int n = 0; n < 20; n++) {
                all.add(threads.submit(() -> post(VALID).statusCode()));
            }
            for (Future<Integer> one : all) {
                statuses.add(one.get());
            }
        }

        assertThat(statuses).hasSize(20).containsOnly(202);
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void answersARepeatOfWhatWasCollectedAndNeverDeliversItAgain() {
        post(VALID);
        waiting.collected(GATEWAY, Set.of(waiting().getFirst().delivery()));

        post(VALID).then().statusCode(202).body(emptyString());

        assertThat(waiting()).isEmpty();
        assertThat(RelayEvents.of("relay.parcel-collected", GATEWAY.text())).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void refusesWhatIsTooLong(HttpVersion version) {
        try (EitherVersion client = new EitherVersion(version, RelayUnderTest.door().url())) {
            Map<String, String> type = Map.of("content-type", TYPE);
            assertThat(client.call("POST", "/", type, new byte[MOST]).status()).isEqualTo(400);
            assertThat(client.call("POST", "/", type, new byte[MOST + 1]).status()).isEqualTo(413);
            for (String length : new String[] {"8322038", "20000000", "99999999999"}) {
                var announced =
                        client.begin(
                                "POST",
                                "/",
                                "localhost",
                                Map.of("content-type", TYPE, "content-length", length));
                announced.sendHead();
                assertThat(client.answer(announced).status()).as(length).isEqualTo(413);
            }
        }
        awaitNothingInFlight();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void takesTheLongestParcelAndNotOneOctetMore(HttpVersion version) {
        byte[] longest = sealed().fillTo(MOST).build();
        byte[] longer = sealed().fillTo(MOST + 1).build();
        try (EitherVersion client = new EitherVersion(version, RelayUnderTest.door().url())) {
            Map<String, String> type = Map.of("content-type", TYPE);

            assertThat(client.call("POST", "/", type, longest).status()).isEqualTo(202);
            assertThat(client.call("POST", "/", type, longer).status()).isEqualTo(413);
        }
        assertThat(waiting()).extracting(Waiting::size).containsExactly(MOST);
        awaitNothingInFlight();
    }

    /** Of now: since the clock began to run more time may have passed than it lives. */
    private ParcelBuilder sealed() {
        return sealed(clock.instant());
    }

    private static ParcelBuilder sealed(Instant created) {
        return new ParcelBuilder(RelayVectors.sender(), created);
    }

    @Test
    void replacesAQueuedParcelByANewerVersion() {
        String id = UUID.randomUUID().toString();
        Instant now = clock.instant();
        byte[] first = sealed(now).id(id).payload(new byte[] {1}).build();
        byte[] second = sealed(now).id(id).payload(new byte[] {2}).build();
        byte[] older = sealed(now.minusSeconds(5)).id(id).payload(new byte[9]).build();

        assertThat(post(first).statusCode()).isEqualTo(202);
        assertThat(post(second).statusCode()).isEqualTo(202);
        assertThat(post(older).statusCode()).isEqualTo(202);

        assertThat(waiting())
                .singleElement()
                .satisfies(one -> assertThat(one.octets()).isEqualTo(second));
    }

    @Test
    void refusesChunksWithoutEnd() {
        try (RawHttp http = connect()) {
            http.send("POST / HTTP/1.1\r\nHost: x\r\n" + HEAD)
                    .send("Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
            for (int n = 0; n < 8; n++) {
                http.send(chunk);
            }
            assertThat(http.receive().status()).isEqualTo(413);
        }
        awaitNothingInFlight();
    }

    @Test
    void takesAParcelInChunks() {
        try (RawHttp http = connect()) {
            http.send("POST / HTTP/1.1\r\nHost: x\r\n" + HEAD)
                    .send("Transfer-Encoding: chunked\r\n\r\n");
            for (byte octet : VALID) {
                http.send("1\r\n").send(new byte[] {octet}).send("\r\n");
            }
            assertThat(http.send("0\r\n\r\n").receive().status()).isEqualTo(202);
        }
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void cutsOffWhoIsTooSlow() {
        try (RawHttp http = connect()) {
            http.send("POST / HTTP/1.1\r\nHost: x\r\n" + HEAD + "Content-Length: 9\r\n\r\nx");

            assertThat(http.receive().status()).isEqualTo(408);
            assertThat(http.isHungUp()).isTrue();
        }
        awaitNothingInFlight();
    }

    @Test
    void storesNothingOfABodyThatIsCutShort() {
        try (RawHttp http = connect()) {
            http.send("POST / HTTP/1.1\r\nHost: x\r\n" + HEAD)
                    .send("Content-Length: " + (VALID.length + 1) + "\r\n\r\n")
                    .send(VALID);
        }
        awaitNothingInFlight();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void asksForAnotherTryWhileTheDatabaseIsAway() {
        TestPostgres.stop();
        try {
            long start = System.nanoTime();
            Response answer = sender().accept("application/json").body(VALID).post("/");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotNull();
            assertThat(answer.jsonPath().getString("message")).isNotEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(3));
            assertThat(post(RelayVectors.parcel("garbage")).statusCode()).isEqualTo(400);
        } finally {
            TestPostgres.start();
        }
        await("it is taken", () -> post(VALID).statusCode() == 202);
    }
}
