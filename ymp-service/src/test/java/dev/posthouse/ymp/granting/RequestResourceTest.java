package dev.posthouse.ymp.granting;

import static dev.posthouse.testing.Await.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestPki;
import dev.posthouse.testing.TrickyHosts;
import dev.posthouse.ymp.FakePeer;
import dev.posthouse.ymp.YmpUnderTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RequestResourceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger CALLERS = new AtomicInteger();
    private static final int MOST_OCTETS = 16 * 1024;

    @Inject MeterRegistry metrics;

    private final String state = UUID.randomUUID().toString();
    private FakePeer dora;
    private FakePeer emma;

    @BeforeEach
    void open() {
        dora = new FakePeer("dora");
        emma = new FakePeer("emma");
    }

    @AfterEach
    void close() {
        dora.close();
        emma.close();
    }

    @Test
    void grantsTheHostThatIsNamedAToken() {
        ask(dora.host().toUpperCase(Locale.ROOT), state).then().statusCode(204);

        assertThat(state(dora.next("/grant"))).isEqualTo(state);
    }

    @Test
    void grantsATokenForEachState() {
        ask(dora.host(), state + 1).then().statusCode(204);
        ask(dora.host(), state + 2).then().statusCode(204);

        assertThat(List.of(state(dora.next("/grant")), state(dora.next("/grant"))))
                .containsExactly(state + 1, state + 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "{}",
                "{\"host\": 1}",
                "\0\uffff",
                "host=a.example",
                "[[[["
            })
    void answers204ToWhatIsNoRequest(String body) {
        double before = counted(Fate.MALFORMED);

        post(body.getBytes(UTF_8)).then().statusCode(204);

        await("it is dropped", () -> counted(Fate.MALFORMED) > before);
    }

    @Test
    void answers204ToDamagedRequests() {
        Random random = new Random(20_261_122);
        for (int round = 0; round < 200; round++) {
            byte[] octets = new byte[random.nextInt(300)];
            random.nextBytes(octets);
            post(octets).then().statusCode(204);
        }
    }

    @Test
    void answers204ToAnyMediaTypeAndWhateverIsAccepted() {
        for (String type :
                List.of("text/plain", "application/json", "a/b;charset=utf-16", "x", "*/*")) {
            YmpUnderTest.stranger(caller())
                    .header("Content-Type", type)
                    .header("Accept", "image/png")
                    .header("Content-Encoding", "gzip")
                    .body(new byte[] {1, 2})
                    .post("/request")
                    .then()
                    .statusCode(204);
        }
    }

    @Test
    void answers204ForHostsThatAreNotCalled() {
        String blocked = HostName.parse(UUID.randomUUID() + ".example").text();
        TestDatabase.change("insert into peer (host, blocked) values (?, true)", blocked);
        double forbidden = counted(Fate.FORBIDDEN);
        double unknown = counted(Fate.UNKNOWN);

        ask(blocked, state).then().statusCode(204);
        ask(YmpUnderTest.HOST, state).then().statusCode(204);
        ask("nobody." + UUID.randomUUID() + ".invalid", state).then().statusCode(204);
        TrickyHosts.unlisted().forEach(host -> ask(host, state).then().statusCode(204));

        await(
                "those we do not deal with are dropped",
                () -> counted(Fate.FORBIDDEN) >= forbidden + 2);
        await(
                "those that cannot be called are dropped",
                () -> counted(Fate.UNKNOWN) >= unknown + 2);
    }

    @Test
    void calls200TimesNamedHostTenTimesAMinute() {
        long start = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            ask(emma.host(), state + i).then().statusCode(204);
        }
        await("one has been dropped", () -> counted(Fate.THROTTLED) > 0);
        await("all are settled", this::settled);

        long periods = Duration.ofNanos(System.nanoTime() - start).toMinutes() + 1;
        assertThat((long) emma.others("/grant").size()).isBetween(1L, 10 * periods);
    }

    /** As many requests have ended as did a moment ago. */
    private boolean settled() {
        double before = ended();
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        return ended() == before;
    }

    private double ended() {
        return Stream.of(Fate.values()).mapToDouble(this::counted).sum();
    }

    @Test
    void answers204ToAFloodFromOneAddress() {
        String address = caller();
        double before = counted(Fate.LIMITED);
        IntStream.range(0, 80).forEach(i -> post(address, new byte[] {'x'}).then().statusCode(204));

        assertThat(counted(Fate.LIMITED) - before).isBetween(1.0, 20.0);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void answersBothVersionsOfHttp(HttpClient.Version version) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder()
                        .version(version)
                        .sslContext(TestPki.shared().anonymous())
                        .build()) {
            HttpResponse<byte[]> answer =
                    client.send(
                            HttpRequest.newBuilder(YmpUnderTest.door().url().resolve("/request"))
                                    .header("Forwarded", "for=" + caller())
                                    .POST(
                                            HttpRequest.BodyPublishers.ofByteArray(
                                                    body(dora.host(), state)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.body()).isEmpty();
        }
        assertThat(state(dora.next("/grant"))).isEqualTo(state);
    }

    @Test
    void refusesWhatIsBelowTheProtocol() {
        YmpUnderTest.stranger(caller()).get("/request").then().statusCode(405);
        post(new byte[MOST_OCTETS + 1]).then().statusCode(413);
        post(new byte[MOST_OCTETS]).then().statusCode(204);
        YmpUnderTest.stranger(caller()).post("/ymp/request").then().statusCode(404);
    }

    private Response ask(String host, String itsState) {
        return post(body(host, itsState));
    }

    private static Response post(byte[] body) {
        return post(caller(), body);
    }

    private static Response post(String address, byte[] body) {
        return YmpUnderTest.stranger(address).body(body).post("/request");
    }

    private static byte[] body(String host, String state) {
        try {
            return JSON.writeValueAsBytes(Map.of("host", host, "state", state));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String state(FakePeer.Asked grant) {
        try {
            return JSON.readTree(grant.body()).path("state").textValue();
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(noJson);
        }
    }

    private double counted(Fate fate) {
        return metrics.counter("posthouse.ymp.requests", "result", fate.code()).count();
    }

    /** An address that nobody has called from. */
    private static String caller() {
        int caller = CALLERS.incrementAndGet();
        return "198.18." + caller / 250 + "." + (1 + caller % 250);
    }
}
