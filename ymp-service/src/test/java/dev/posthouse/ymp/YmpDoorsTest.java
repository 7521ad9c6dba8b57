package dev.posthouse.ymp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.EitherVersion;
import dev.posthouse.testing.EitherVersion.Reply;
import dev.posthouse.testing.RawHttp;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any resource is asked (YMP, section 7), in both versions of HTTP. */
@QuarkusTest
class YmpDoorsTest {

    private static final int SMALL = 16 * 1024;
    private static final int LARGE = 1024 * 1024;
    private static final String JSON_LINE = "Content-Type: application/json\r\n";
    private static final String EXPECTING = "Expect: 100-continue\r\nContent-Length: 2\r\n";

    /** Whoever floods the service here floods it from there. */
    private static final String SOMEBODY = "for=192.0.2.99";

    private static final long SEED = 2017;
    private static final byte[] NOTHING = {};
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    private final PacketPass pass = PacketPass.issue();

    /** Rapid reset (section 8): requests that are taken back cost us more than their sender. */
    @Test
    void endsAConnectionThatTakesItsRequestsBackWithoutEnd() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        try (EitherVersion client = client(HttpVersion.HTTP_2)) {
            takeBack(client).goAwayHandler(away -> ended.complete(null));
            for (int i = 1; i < 150; i++) {
                takeBack(client);
            }
            assertThat(client.call("GET", "/.ymp", Map.of(), NOTHING).status()).isEqualTo(200);
            assertThat(ended).isNotDone();
            for (int i = 150; i <= 200; i++) {
                takeBack(client);
            }

            assertThat(ended).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    private static HttpConnection takeBack(EitherVersion client) {
        HttpClientRequest request =
                client.begin("POST", "/request", YmpUnderTest.HOST, Map.of("content-length", "9"));
        request.sendHead().toCompletionStage().toCompletableFuture().join();
        request.reset(8);
        return request.connection();
    }

    private static EitherVersion client(HttpVersion version) {
        return new EitherVersion(version, YmpUnderTest.door().url());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private Map<String, String> packet(String... more) {
        Map<String, String> headers = new HashMap<>();
        headers.put("authorization", "Bearer " + pass.token());
        headers.put("forwarded", SOMEBODY);
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return headers;
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void knowsNoOtherPathAndHidesTheInnerOnes(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            for (String path :
                    new String[] {
                        "/",
                        "/request/",
                        "//request",
                        "/Request",
                        "/request;a=b",
                        "/%72equest",
                        "/ymp/request",
                        "/ymp/grant",
                        "/ymp/packet",
                        "/ymp",
                        "/.well-known/ymp/",
                        "/.amorphos",
                        "/q/health",
                        "/q/metrics",
                        "/admin",
                        "/admin/peers/x",
                        "/admin/peers/x/",
                        "/admin/peers//block",
                        "/admin/peers/x/y/block"
                    }) {
                Reply reply = client.call("POST", path, JSON, bytes("{}"));

                assertThat(reply.status()).as(path).isEqualTo(404);
                assertThat(reply.code()).isEqualTo("path");
                assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /request, POST",
        "PUT, /grant, POST",
        "GET, /packet, POST",
        "POST, /.well-known/ymp, GET",
        "POST, /.ymp, GET",
        "GET, /messages, POST",
        "DELETE, /inbox, GET",
        "GET, /inbox/acks, POST",
        "POST, /admin/peers, GET",
        "GET, /admin/peers/a.example/block, POST",
        "POST, /admin/dead-letters, GET",
        "GET, /admin/dead-letters/redrive, POST"
    })
    void refusesAnotherMethodNamingTheRightOne(String method, String path, String allowed) {
        for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
            try (EitherVersion client = client(version)) {
                Reply reply = client.call(method, path, Map.of(), NOTHING);

                assertThat(reply.status()).isEqualTo(405);
                assertThat(reply.header("allow")).isEqualTo(allowed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void refusesWhoMeansAnotherHostAtTheProtocolDoorsAlone(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            for (String path : new String[] {"/request", "/grant", "/packet"}) {
                assertThat(call(client, "POST", path, "other.example").status()).isEqualTo(421);
                assertThat(call(client, "POST", path, "ymp.example:444").status()).isEqualTo(421);
                assertThat(call(client, "POST", path, "YMP.example").status()).isNotEqualTo(421);
            }
            for (String path : new String[] {"/.well-known/ymp", "/.ymp"}) {
                assertThat(call(client, "GET", path, "other.example").status()).isEqualTo(421);
                assertThat(call(client, "GET", path, "ymp.example:443").status()).isNotEqualTo(421);
            }
            for (String path : new String[] {"/inbox", "/admin/peers", "/admin/dead-letters"}) {
                assertThat(call(client, "GET", path, "other.example").status()).isEqualTo(401);
            }
        }
    }

    private static Reply call(EitherVersion client, String method, String path, String authority) {
        return client.call(method, path, authority, JSON, NOTHING);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void takesEveryRequestForATokenThatIsNotTooLong(HttpVersion version) {
        List<Map<String, String>> heads =
                List.of(
                        Map.of(),
                        JSON,
                        Map.of("content-type", "text/html", "content-encoding", "gzip"),
                        Map.of("content-type", "nonsense", "accept", "image/png"),
                        Map.of("authorization", "Bearer x", "accept", "application/json;q=0"));
        byte[][] bodies = {NOTHING, bytes("{}"), bytes("[["), {0, -1, -2}, new byte[SMALL]};
        try (EitherVersion client = client(version)) {
            for (Map<String, String> head : heads) {
                Map<String, String> headers = new HashMap<>(head);
                headers.put("forwarded", SOMEBODY);
                for (byte[] body : bodies) {
                    Reply reply = client.call("POST", "/request?a=b", headers, body);

                    assertThat(reply.status()).as("%s, %d", head, body.length).isEqualTo(204);
                    assertThat(reply.body().length()).isZero();
                }
            }
            assertThat(client.call("POST", "/request", Map.of(), new byte[SMALL + 1]).status())
                    .isEqualTo(413);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void judgesAGrantBySizeThenTypeThenJson(HttpVersion version) {
        Map<String, String> html = Map.of("content-type", "text/html");
        Map<String, String> zipped =
                Map.of("content-type", "application/json", "content-encoding", "gzip");
        try (EitherVersion client = client(version)) {
            assertRefused(client.call("POST", "/grant", html, new byte[SMALL + 1]), 413);
            assertRefused(client.call("POST", "/grant", html, new byte[SMALL]), 415);
            assertRefused(client.call("POST", "/grant", Map.of(), bytes("{}")), 415);
            assertRefused(client.call("POST", "/grant", zipped, bytes("{}")), 415);
            assertRefused(client.call("POST", "/grant", JSON, new byte[SMALL]), 400);
            assertRefused(client.call("POST", "/grant", JSON, NOTHING), 400);
            assertRefused(client.call("POST", "/grant", JSON, bytes("{\"a\":1,\"a\":1}")), 400);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void judgesAPacketByTokenThenSizeThenTypeThenJson(HttpVersion version) {
        Map<String, String> json = packet("content-type", "application/json");
        Map<String, String> encoded =
                packet("content-type", "application/json", "content-encoding", "identity");
        Map<String, String> latin = packet("content-type", "application/json;charset=latin1");
        String deep = "{\"a\":" + "[".repeat(37) + "]".repeat(37) + "}";
        try (EitherVersion client = client(version)) {
            Reply without = client.call("POST", "/packet", Map.of(), new byte[LARGE + 1]);
            assertRefused(without, 401);
            assertThat(without.header("www-authenticate")).isEqualTo("Bearer");
            assertRefused(client.call("POST", "/packet", packet(), new byte[LARGE + 1]), 413);
            assertRefused(client.call("POST", "/packet", packet(), new byte[LARGE]), 415);
            assertRefused(client.call("POST", "/packet", encoded, bytes("{}")), 415);
            assertRefused(client.call("POST", "/packet", json, new byte[LARGE]), 400);
            assertRefused(client.call("POST", "/packet", json, NOTHING), 400);
            assertRefused(client.call("POST", "/packet", json, bytes("{} {}")), 400);
            assertRefused(client.call("POST", "/packet", json, bytes("{\"a\":1,\"a\":1}")), 400);
            assertRefused(client.call("POST", "/packet", latin, bytes("{}")), 400);
            assertRefused(client.call("POST", "/packet", json, bytes(deep)), 400);
        }
    }

    /** However its parameters are written (RFC 9110, section 5.6.6). */
    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void takesJsonHoweverItsTypeIsWritten(HttpVersion version) {
        byte[] body = bytes("{\"packet\": {\"messages\": []}}");
        try (EitherVersion client = client(version)) {
            for (String type :
                    new String[] {
                        "application/json; charset=utf-8",
                        "application/json;charset=\"UTF-8\"",
                        "application/json ; charset=utf-8",
                        "application/json\t;charset=utf-8;",
                        "Application/JSON;",
                        "application/json; a=\"b\""
                    }) {
                Reply reply = client.call("POST", "/packet", packet("content-type", type), body);

                assertThat(reply.status()).as("%s: %s", type, reply.body()).isEqualTo(204);
            }
        }
    }

    /** By it other hosts find out whose clock is wrong (YMP, section 8). */
    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void tellsTheTimeInEveryAnswer(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            for (String path : new String[] {"/.ymp", "/request", "/packet", "/nowhere"}) {
                String date = client.call("GET", path, Map.of(), NOTHING).header("date");

                assertThat(date).as(path).matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} 20.* GMT");
                Instant told = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
                assertThat(Duration.between(told, Instant.ofEpochMilli(System.currentTimeMillis())))
                        .isBetween(Duration.ZERO, Duration.ofSeconds(30));
            }
            Map<String, String> headers = packet("content-type", "application/json");
            byte[] body = bytes("{\"packet\": {\"messages\": []}}");
            assertThat(client.call("POST", "/packet", headers, body).headers()).containsKey("date");
        }
    }

    private static void assertRefused(Reply reply, int status) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
        assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    }

    /** The framework's own mechanism would answer 401: this token is no JWT. */
    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void doesNotTakeAGoodTokenForAJwt(HttpVersion version) {
        byte[] body = bytes("{\"packet\": {\"messages\": []}}");
        try (EitherVersion client = client(version)) {
            Reply reply =
                    client.call(
                            "POST", "/packet", packet("content-type", "application/json"), body);

            assertThat(reply.status()).as(reply.body().toString()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: x\r\n\r\n",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
                "Content-Length: 99999999999999999999\r\n\r\n",
                "Transfer-Encoding: gzip\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\n{}",
                "Host: y\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Length: 10\r\n\r\n{",
                "Content-Length: 16385\r\n\r\n",
            })
    void refusesABodyWhoseEndIsInDoubt(String rest) {
        for (String path : new String[] {"/request", "/grant", "/packet"}) {
            String head =
                    "POST "
                            + path
                            + " HTTP/1.1\r\nHost: ymp.example\r\nAuthorization: Bearer "
                            + pass.token()
                            + "\r\nContent-Type: application/json\r\n";
            try (RawHttp connection = connect(TestPki.shared().anonymous())) {
                String answer = connection.send(head + rest).answer();

                boolean longPacket = path.equals("/packet") && rest.contains("16385");
                assertThat(answer)
                        .as(path)
                        .matches(
                                longPacket
                                        ? "(?s)HTTP/1.1 408 .*"
                                        : "(?s)(HTTP/1.[01] (400|408|413) .*)?");
            }
        }
    }

    private static RawHttp connect(javax.net.ssl.SSLContext who) {
        return RawHttp.connect(YmpUnderTest.door().url(), who);
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void cutsOffWhatHasNoEnd(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            for (String path : new String[] {"/request", "/grant", "/packet"}) {
                HttpClientRequest endless = begin(client, path);
                for (int i = 0; i < (path.equals("/packet") ? LARGE : SMALL); i += 8_000) {
                    endless.write(Buffer.buffer(new byte[8_000]));
                }
                assertThat(client.answer(endless).status()).as(path).isEqualTo(413);

                HttpClientRequest slow = begin(client, path);
                slow.write("{");
                assertThat(client.answer(slow).status()).as(path).isEqualTo(408);
            }
        }
    }

    private HttpClientRequest begin(EitherVersion client, String path) {
        Map<String, String> headers = packet("content-type", "application/json");
        return client.begin("POST", path, YmpUnderTest.HOST, headers).setChunked(true);
    }

    @Test
    void asksForABodyThatWaitsToBeAskedFor() {
        for (String path : new String[] {"/request", "/grant"}) {
            String answer = raw("POST " + path, JSON_LINE + EXPECTING, "{}");

            assertThat(answer).startsWith("HTTP/1.1 100 ").containsPattern("HTTP/1.1 (204|400) ");
        }
        String stranger = raw("POST /packet", EXPECTING, "");
        assertThat(stranger).startsWith("HTTP/1.1 401 ");
    }

    private static String raw(String requestLine, String headers, String body) {
        try (RawHttp connection = connect(TestPki.shared().anonymous())) {
            return connection
                    .send(requestLine + " HTTP/1.1\r\nHost: ymp.example\r\nConnection: close\r\n")
                    .send(headers + "\r\n" + body)
                    .answer();
        }
    }

    /** The framework does so, before any code of ours: without a body. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%zz",
                "/request%",
                "/a|b",
                "http://[/request",
                "//[",
                "/packet?%zz",
                "http:"
            })
    void refusesWhatIsNoUri(String target) {
        assertThat(raw("POST " + target, JSON_LINE + "Content-Length: 2\r\n", "{}"))
                .startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://ymp.example:x/request", "*", "request", "?"})
    void answersAProblemToWhatIsAnotherUri(String target) {
        assertThat(raw("POST " + target, JSON_LINE + "Content-Length: 2\r\n", "{}"))
                .matches("(?s)HTTP/1.1 4\\d\\d .*")
                .contains("application/problem+json");
    }

    /** Whatever comes, nobody makes the service fail. */
    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void failsForNobody(HttpVersion version) {
        Random random = new Random(SEED);
        String[] paths = {"/request", "/grant", "/packet", "/.ymp", "/messages", "/inbox?max=%00"};
        String[] types = {"application/json", "text/plain", "application/json;charset=\"", "/"};
        String[] bodies = {"{\"host\":", "{}", "{\"packet\":{\"messages\":[{}]}}", "\ud83d", "["};
        try (EitherVersion client = client(version)) {
            for (int i = 0; i < 400; i++) {
                byte[] body = bytes(bodies[random.nextInt(bodies.length)]);
                for (int j = random.nextInt(4); j > 0; j--) {
                    body[random.nextInt(body.length)] = (byte) random.nextInt(256);
                }
                String path = paths[random.nextInt(paths.length)];
                Map<String, String> headers =
                        packet("content-type", types[random.nextInt(types.length)]);
                String method = random.nextInt(8) == 0 ? "PUT" : "POST";

                Reply reply = client.call(method, path, headers, body);

                assertThat(reply.status()).as("%s %s, seed %d", method, path, i).isLessThan(500);
            }
        }
    }

    @Test
    void serves100StreamsAtOnceOnAConnection() throws Exception {
        try (EitherVersion client = client(HttpVersion.HTTP_2)) {
            HttpClientRequest request = client.begin("GET", "/.ymp", YmpUnderTest.HOST, Map.of());

            assertThat(request.connection().remoteSettings().getMaxConcurrentStreams())
                    .isEqualTo(100);
            request.end();
            client.answer(request);
        }
    }
}
