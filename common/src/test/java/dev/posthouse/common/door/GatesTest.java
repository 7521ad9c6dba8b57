package dev.posthouse.common.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.EitherVersion;
import dev.posthouse.testing.EitherVersion.Reply;
import dev.posthouse.testing.RawHttp;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Doors with a gate: whoever is not let in is not read either. */
final class GatesTest {

    private static final int LARGE = 1024 * 1024;
    private static final Duration SLOW = Duration.ofMillis(300);
    private static final Map<String, String> GOOD =
            Map.of("authorization", "good", "content-type", "application/json");
    private static final Map<String, String> LATE =
            Map.of("authorization", "late", "content-type", "application/json");

    /** Octets of the body that had been handed on when the gate had thought for a while. */
    private static final BlockingQueue<Long> HANDED_ON = new LinkedBlockingQueue<>();

    private static DoorsUnderTest service;

    @BeforeAll
    static void open() {
        service =
                new DoorsUnderTest(
                        List.of(
                                Door.post(
                                                "/in",
                                                Door.Body.jsonAlone(LARGE, 16),
                                                Set.of(),
                                                List.of())
                                        .behind(GatesTest::decide),
                                Door.post(
                                                "/unread",
                                                Door.Body.jsonUnread(LARGE),
                                                Set.of(),
                                                List.of())
                                        .behind(GatesTest::decide),
                                Door.post("/none", Door.Body.none(), Set.of(), List.of())
                                        .behind(GatesTest::decide),
                                Door.get("/out", Set.of("ca"), List.of())
                                        .behind(GatesTest::decide)));
    }

    @AfterAll
    static void close() {
        service.close();
    }

    private static Optional<Refusal> decide(RoutingContext request) {
        request.put(DoorsUnderTest.HOLDER, Thread.currentThread().isVirtual() ? "aside" : "loop");
        return switch (String.valueOf(request.request().getHeader("Authorization"))) {
            case "good" -> Optional.empty();
            case "late" -> {
                LockSupport.parkNanos(SLOW.toNanos());
                HANDED_ON.add(request.request().bytesRead());
                yield Optional.empty();
            }
            case "broken" -> throw new IllegalStateException("as ordered by the test");
            default -> Optional.of(Refusal.challenge("token", "Not you.", "Bearer realm=\"x\""));
        };
    }

    private static byte[] json(int octets) {
        return ("{\"a\":\"" + "x".repeat(octets - 8) + "\"}").getBytes(UTF_8);
    }

    private static EitherVersion client(HttpVersion version) {
        return new EitherVersion(version, service.url());
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void letsInWhomTheGateLetsInWithWhatTheGateKnows(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            for (int octets : new int[] {10, 20_000, 900_000, LARGE}) {
                Reply reply = client.call("POST", "/in", GOOD, json(octets));

                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body().getBytes()).isEqualTo(json(octets));
                assertThat(reply.header("X-Holder")).isEqualTo("aside");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void refusesWithTheGatesChallengeBeforeItLooksAtAnythingElse(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            Reply reply = client.call("POST", "/in", Map.of(), json(LARGE + 1));

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.code()).isEqualTo("token");
            assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"x\"");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void refusesWhileTheBodyIsStillToCome(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            HttpClientRequest request =
                    client.begin(
                            "POST",
                            "/in",
                            "localhost",
                            Map.of("content-length", Integer.toString(LARGE)));
            request.write(Buffer.buffer(new byte[100]));

            assertThat(client.answer(request).status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void losesNothingOfABodyThatComesMeanwhileAndHandsNothingOn(HttpVersion version)
            throws InterruptedException {
        HANDED_ON.clear();
        try (EitherVersion client = client(version)) {
            Reply reply = client.call("POST", "/in", LATE, json(900_000));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body().getBytes()).isEqualTo(json(900_000));
            assertThat(HANDED_ON.poll(5, TimeUnit.SECONDS)).isLessThanOrEqualTo(65_535);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void judgesSizeThenTypeThenJsonOnceTheGateHasOpened(HttpVersion version) {
        Map<String, String> untyped = Map.of("authorization", "good");
        try (EitherVersion client = client(version)) {
            assertThat(client.call("POST", "/in", untyped, json(LARGE + 1)).status())
                    .isEqualTo(413);
            assertThat(client.call("POST", "/in", untyped, new byte[10]).status()).isEqualTo(415);
            assertThat(client.call("POST", "/in", GOOD, new byte[10]).status()).isEqualTo(400);
            assertThat(client.call("POST", "/in", GOOD, new byte[LARGE]).status()).isEqualTo(400);
            assertThat(client.call("POST", "/in", GOOD, new byte[0]).status()).isEqualTo(400);
            assertThat(client.call("GET", "/in", GOOD, new byte[0]).status()).isEqualTo(405);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void leavesToTheResourceWhatIsJsonByItsType(HttpVersion version) {
        Map<String, String> untyped = Map.of("authorization", "good");
        Map<String, String> latin = new HashMap<>(GOOD);
        latin.put("content-type", "application/json;charset=latin1");
        try (EitherVersion client = client(version)) {
            assertThat(client.call("POST", "/unread", GOOD, new byte[LARGE]).status())
                    .isEqualTo(200);
            assertThat(client.call("POST", "/unread", GOOD, new byte[LARGE + 1]).status())
                    .isEqualTo(413);
            assertThat(client.call("POST", "/unread", untyped, json(10)).status()).isEqualTo(415);
            assertThat(client.call("POST", "/unread", latin, json(10)).status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void answersAGateThatFails(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            Reply reply =
                    client.call("POST", "/in", Map.of("authorization", "broken"), json(1_000));

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.code()).isEqualTo("internal");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void takesNoBodyWhereNoneBelongs(HttpVersion version) {
        Map<String, String> good = Map.of("authorization", "good");
        try (EitherVersion client = client(version)) {
            assertThat(client.call("POST", "/none", good, new byte[0]).status()).isEqualTo(200);
            assertThat(client.call("GET", "/out?a=b", good, new byte[0]).status()).isEqualTo(200);
            assertThat(client.call("HEAD", "/out", good, new byte[0]).status()).isEqualTo(200);
            assertThat(client.call("POST", "/none", good, json(10)).status()).isEqualTo(413);
            assertThat(client.call("POST", "/none", Map.of(), new byte[0]).status()).isEqualTo(401);

            HttpClientRequest unannounced = client.begin("POST", "/none", "localhost", good);
            unannounced.setChunked(true).end(Buffer.buffer("x"));
            assertThat(client.answer(unannounced).status()).isEqualTo(413);
        }
    }

    @Test
    void doesNotAskForTheBodyOfWhomItDoesNotLetIn() {
        String head = "POST /in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        String expecting = "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n";
        try (RawHttp stranger = RawHttp.connect(service.url());
                RawHttp known = RawHttp.connect(service.url())) {
            assertThat(stranger.send(head + expecting).receive().status()).isEqualTo(401);

            known.send(head + "Authorization: good\r\n" + expecting);
            assertThat(known.receive().status()).isEqualTo(100);
            assertThat(known.send("{}").receive().status()).isEqualTo(200);
        }
    }

    @Test
    void keepsTheConnectionForTheNextCall() {
        String head = "Content-Type: application/json\r\nAuthorization: good\r\n";
        try (RawHttp http = RawHttp.connect(service.url())) {
            for (int i = 0; i < 3; i++) {
                assertThat(http.request("POST /in", head, json(70_000)).receive().status())
                        .isEqualTo(200);
                assertThat(http.request("POST /in", head, json(10)).receive().status())
                        .isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void forgetsACallerThatLeavesMeanwhile(HttpVersion version) throws InterruptedException {
        HANDED_ON.clear();
        int before = service.refused().size();
        try (EitherVersion client = client(version)) {
            HttpClientRequest request = client.begin("POST", "/in", "localhost", LATE);
            request.setChunked(true).exceptionHandler(expected -> {}).write("{");
            LockSupport.parkNanos(SLOW.toNanos() / 3);
            request.reset();
        }

        assertThat(HANDED_ON.poll(5, TimeUnit.SECONDS)).isNotNull();
        LockSupport.parkNanos(SLOW.toNanos());
        assertThat(service.refused()).hasSize(before);
    }
}
