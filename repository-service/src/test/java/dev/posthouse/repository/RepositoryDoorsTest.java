package dev.posthouse.repository;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.posthouse.testing.RawHttp;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any resource is asked (certificates, section 3), with real bytes. */
@QuarkusTest
class RepositoryDoorsTest {

    private static final String JSON = "application/json";

    private final TestSession session = new TestSession();

    private RequestSpecification client() {
        return RepositoryUnderTest.client(session.address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/cert/",
                "/cert/other",
                "/a.b",
                "/a.b.c.d",
                "/a.b.c/",
                "/a.b.%00",
                "/eyJzY29wZSI6WyJTVUJTQ1JJQkVSOjEwM",
                "/q/health/ready",
                "/q/metrics",
                "/q/openapi",
                "/..%2fcert"
            })
    void knowsNoOtherPath(String path) {
        client().urlEncodingEnabled(false)
                .contentType(JSON)
                .body("{}")
                .post(path)
                .then()
                .statusCode(404)
                .header("Content-Type", equalTo("application/problem+json"))
                .body("code", equalTo("path"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /cert, POST",
        "PUT, /cert, POST",
        "DELETE, /cert/refusal, POST",
        "POST, /state, GET",
        "GET, /a.b.c, POST",
        "OPTIONS, /a.b.c, POST",
        "TRACE, /a.b.c, POST"
    })
    void refusesAnotherMethodNamingTheRightOne(String method, String path, String allowed) {
        client().request(method, path)
                .then()
                .statusCode(405)
                .header("Allow", equalTo(allowed))
                .body("code", equalTo("method"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml;q=1", "application/json;q=0", "*/*;q=0"})
    void refusesToAnswerAnythingButJson(String accept) {
        client().accept(accept)
                .contentType(JSON)
                .body("{}")
                .post(session.path())
                .then()
                .statusCode(406)
                .body("code", equalTo("accept"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/jsonp", "json"})
    void refusesAnotherMediaType(String type) {
        client().contentType(type)
                .body("{}".getBytes(UTF_8))
                .post(session.path())
                .then()
                .statusCode(415)
                .body("code", equalTo("content-type"));
    }

    @Test
    void refusesABodyWithoutAType() {
        String answer = raw("POST " + session.path(), "Content-Length: 2\r\n", "{}");

        assertThat(answer).startsWith("HTTP/1.1 415 ").contains("\"content-type\"");
    }

    @Test
    void refusesAnEncodedBody() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("{}".getBytes(UTF_8));
        }

        client().contentType(JSON)
                .header("Content-Encoding", "gzip")
                .body(zipped.toByteArray())
                .post(session.path())
                .then()
                .statusCode(415)
                .body("code", equalTo("content-encoding"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/cert", "/cert/refusal"})
    void wantsACertificateOfWhoeverStores(String path) {
        client().contentType(JSON)
                .body("{}")
                .post(path)
                .then()
                .statusCode(401)
                .body("code", equalTo("caller.unauthenticated"));
    }

    @ParameterizedTest
    @CsvSource({
        "proxy-service, /cert",
        "proxy-service, /cert/refusal",
        "repository-service, /cert",
        "operator/anna, /cert"
    })
    void letsNobodyButTheCaStore(String identity, String path) {
        knock(TestPki.shared().leaf("x").uri("spiffe://posthouse.local/" + identity).build(), path)
                .then()
                .statusCode(403)
                .body("code", equalTo("caller.role"));
    }

    @Test
    void takesNoRoleFromANameOrAnotherDomain() {
        TestPki pki = TestPki.shared();
        Stream.of(
                        pki.leaf("ca-service").dns("ca-service"),
                        pki.leaf("x").uri("spiffe://elsewhere.example/ca-service"),
                        pki.leaf("x").uri("https://posthouse.local/ca-service"),
                        pki.leaf("x").uri("spiffe://posthouse.local/ca-service/more"),
                        pki.leaf("x")
                                .uri("spiffe://posthouse.local/ca-service")
                                .uri("spiffe://posthouse.local/proxy-service"))
                .forEach(leaf ->
                        knock(leaf.build(), "/cert")
                                .then()
                                .statusCode(403)
                                .body("code", equalTo("caller.role")));
    }

    @Test
    void takesNoRoleFromAForgedCertificate() {
        var forged =
                TestPki.shared()
                        .leaf("ca-service")
                        .uri("spiffe://posthouse.local/ca-service")
                        .forgedBy(new TestPki())
                        .build();

        assertThatThrownBy(() -> knock(forged, "/cert").statusCode())
                .isInstanceOfAny(SSLException.class, java.net.SocketException.class);
    }

    private static Response knock(TestPki.Identity identity, String path) {
        return RepositoryUnderTest.door()
                .with(identity.context())
                .contentType(JSON)
                .body("{}")
                .post(path);
    }

    @Test
    void doesNotMindAStrayAuthorization() {
        session.stored();

        client().header("Authorization", "Bearer x")
                .contentType(JSON)
                .body(Map.of("session_name", session.name().value()))
                .post(session.path())
                .then()
                .statusCode(200);
    }

    static Stream<byte[]> notStrictJson() {
        String name = "\"session_name\":\"0123456789abcdef\"";
        return Stream.of(
                bytes(""),
                bytes("x"),
                bytes("[]"),
                bytes("\"x\""),
                bytes("null"),
                bytes("{" + name),
                bytes("{" + name + ",}"),
                bytes("{" + name + "} {}"),
                bytes("{" + name + "}x"),
                bytes("{" + name + "," + name + "}"),
                bytes("{'session_name':'0123456789abcdef'}"),
                bytes("{/**/" + name + "}"),
                bytes("{\"a\":NaN," + name + "}"),
                bytes("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "," + name + "}"),
                bytes("{\"a\":" + "[".repeat(30_000)),
                ("{" + name + "}").getBytes(UTF_16),
                ("{" + name + "}").getBytes(UTF_16LE),
                ("{" + name + "}").getBytes(java.nio.charset.Charset.forName("UTF-32")),
                new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
                new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'});
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @ParameterizedTest
    @MethodSource("notStrictJson")
    void refusesWhatIsNotStrictJson(byte[] body) {
        Response answer = client().contentType(JSON).body(body).post(session.path());

        answer.then().statusCode(400);
        assertThat(answer.jsonPath().getString("code")).startsWith("json.");
    }

    @Test
    void takesDepthSixteenAndUnknownFieldsAndACharset() {
        session.stored();
        String deep = "[".repeat(15) + "]".repeat(15);

        client().contentType("application/json; charset=UTF-8")
                .body("{\"x\":" + deep + ",\"session_name\":\"" + session.name().value() + "\"}")
                .post(session.path())
                .then()
                .statusCode(200);
    }

    @Test
    void refusesAnotherCharset() {
        client().contentType("application/json; charset=utf-16")
                .body("{}".getBytes(UTF_16))
                .post(session.path())
                .then()
                .statusCode(400)
                .body("code", equalTo("json.encoding"));
    }

    @ParameterizedTest
    @CsvSource({"65536, 400", "65537, 413"})
    void limitsACollectionTo64KiB(int octets, int status) {
        client().contentType(JSON)
                .body(" ".repeat(octets))
                .post(session.path())
                .then()
                .statusCode(status);
    }

    @ParameterizedTest
    @CsvSource({"262144, 400", "262145, 413"})
    void limitsACertificateTo256KiB(int octets, int status) {
        RepositoryUnderTest.ca()
                .contentType(JSON)
                .body(" ".repeat(octets))
                .post("/cert")
                .then()
                .statusCode(status);
    }

    @Test
    void cutsOffAChunkedBodyWithoutEnd() {
        try (RawHttp connection = connect("127.0.0.1")) {
            connection.send(
                    head(
                            "POST " + session.path(),
                            "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"));
            for (int i = 0; i < 70; i++) {
                connection.send("400\r\n" + " ".repeat(1024) + "\r\n");
            }

            assertThat(connection.answer()).startsWith("HTTP/1.1 413 ").contains("body.too-large");
        }
    }

    @Test
    void asksForABodyThatWaitsToBeAskedFor() {
        session.stored();
        String body = "{\"session_name\":\"" + session.name().value() + "\"}";

        String answer =
                raw(
                        "POST " + session.path(),
                        "Expect: 100-continue\r\nForwarded: for="
                                + session.address()
                                + "\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length()
                                + "\r\n",
                        body);

        assertThat(answer).startsWith("HTTP/1.1 100 ").contains("HTTP/1.1 200 ");
    }

    @Test
    void cutsOffASlowBody() {
        long start = System.nanoTime();
        try (RawHttp connection = connect("127.0.0.1")) {
            connection.send(
                    head(
                                    "POST " + session.path(),
                                    "Content-Type: application/json\r\nContent-Length: 100\r\n")
                            + "{\"session_name\":");

            assertThat(connection.answer()).startsWith("HTTP/1.1 408 ").contains("body.too-slow");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "POST / HTTP/9.9\r\nContent-Length: 0\r\n\r\n",
                "POST /a.b.c HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                "POST /a.b.c HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /a.b.c HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
                "POST /a.b.c HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST /a.b.c HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
                "POST /a.b.c HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /a.b.c%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                "POST http://[::1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            })
    void answersBrokenRequestsWithNothingWorseThan400(String request) {
        try (RawHttp connection = connect("127.0.0.1")) {
            String answer = connection.send(request).answer();

            assertThat(answer).matches("(?s)|HTTP/[0-9.]+ 4\\d\\d .*");
            assertThat(answer).doesNotContain("xception");
        }
    }

    @Test
    void hidesNothingInItsProblems() {
        client().header("X-Request-Id", "my-own.id_7")
                .contentType(JSON)
                .body("{}")
                .post("/a.b.c")
                .then()
                .header("X-Request-Id", equalTo("my-own.id_7"))
                .header("Cache-Control", equalTo("no-store"))
                .body("type", equalTo("urn:posthouse:problem:json.field"))
                .body("title", notNullValue())
                .body("status", equalTo(400))
                .body("detail", notNullValue())
                .body("instance", equalTo("urn:posthouse:request:my-own.id_7"));
    }

    @ParameterizedTest
    @CsvSource({
        "for=10.2.0.1, 10.2.0.1",
        "'for=10.66.6.6, for=10.2.0.2', 10.2.0.2",
        "'for=10.66.6.6, for=10.2.0.3, for=192.0.2.9', 10.2.0.3",
        "'for=\"[2001:db8::7]:4711\"', 2001:db8::7",
        "for=192.0.2.9, 192.0.2.9"
    })
    void walksForwardedFromTheRight(String forwarded, String observed) {
        RepositoryUnderTest.ca()
                .header("Forwarded", forwarded)
                .get("/state")
                .then()
                .statusCode(200)
                .body("observed_addr", equalTo(observed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"for=unknown", "for=_hidden", "for=10.0.0.256", "for=", "x", "for=\"[::1\""})
    void refusesAForwardingEntryThatIsNoAddress(String forwarded) {
        RepositoryUnderTest.ca()
                .header("Forwarded", forwarded)
                .get("/state")
                .then()
                .statusCode(400)
                .body("code", equalTo("address.forwarded"));
    }

    @Test
    void looksAtOneForwardingHeaderOnly() {
        RepositoryUnderTest.ca()
                .header("X-Forwarded-For", "10.66.6.6")
                .get("/state")
                .then()
                .body("observed_addr", equalTo("127.0.0.1"));
    }

    @Test
    void believesNoForwardingHeaderOfAStranger() {
        session.stored();
        String body = "{\"session_name\":\"" + session.name().value() + "\"}";

        String answer;
        try (RawHttp connection = connect("127.0.0.2")) {
            connection.send(
                    head(
                                    "POST " + session.path(),
                                    "Forwarded: for="
                                            + session.address()
                                            + "\r\nContent-Type: application/json\r\nContent-Length: "
                                            + body.length()
                                            + "\r\n")
                            + body);
            answer = connection.answer();
        }

        assertThat(answer).startsWith("HTTP/1.1 403 ").contains("client.address");
    }

    @Test
    void countsAForgedAccessUrlThreefold() {
        int calls = 0;
        int status = 404;
        while (status == 404 && calls < 300) {
            status =
                    client().contentType(JSON)
                            .body("{\"session_name\":\"0123456789abcdef\"}")
                            .post("/a.b.c")
                            .statusCode();
            calls++;
        }

        assertThat(status).isEqualTo(429);
        assertThat(calls).isBetween(100, 160);
        // A call may have come back meanwhile; what is no door takes it and two more.
        Response limited =
                Stream.generate(() -> client().get("/nothing"))
                        .limit(5)
                        .filter(answer -> answer.statusCode() == 429)
                        .findFirst()
                        .orElseThrow();
        limited.then().header("Retry-After", notNullValue()).body("code", equalTo("rate.limited"));
    }

    private static RawHttp connect(String from) {
        return RawHttp.connect(RepositoryUnderTest.door().url(), from);
    }

    private String raw(String line, String headers, String body) {
        try (RawHttp connection = connect("127.0.0.1")) {
            return connection.send((head(line, headers) + body).getBytes(ISO_8859_1)).answer();
        }
    }

    private static String head(String line, String headers) {
        return line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
    }
}
