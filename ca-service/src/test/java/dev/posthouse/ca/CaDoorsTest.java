package dev.posthouse.ca;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
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
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any resource is asked (certificates, section 3), with real bytes. */
@QuarkusTest
final class CaDoorsTest {

    private static final String JSON = "application/json";

    private static RequestSpecification proxy() {
        return CaUnderTest.door().with(CaUnderTest.PROXY);
    }

    @Test
    void letsNobodyInWithoutACertificate() {
        assertThatThrownBy(() -> CaUnderTest.door().anonymous().get("/state"))
                .isInstanceOfAny(SSLException.class, SocketException.class);
    }

    @Test
    void letsNobodyInWithAForgedCertificate() {
        var forged =
                TestPki.shared()
                        .leaf("proxy-service")
                        .uri("spiffe://posthouse.local/proxy-service")
                        .forgedBy(new TestPki())
                        .build();

        assertThatThrownBy(() -> CaUnderTest.door().with(forged.context()).get("/state"))
                .isInstanceOfAny(SSLException.class, SocketException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ca-service", "repository-service", "relay-service", "operator/anna", "x"})
    void letsNobodyButProxiesIn(String identity) {
        var caller =
                CaUnderTest.door()
                        .with(
                                TestPki.shared()
                                        .leaf("proxy-service")
                                        .uri("spiffe://posthouse.local/" + identity)
                                        .build()
                                        .context());

        isWrongRole(caller.get("/state"));
        isWrongRole(caller.contentType(JSON).body("{}").post("/csr"));
    }

    @Test
    void takesNoRoleFromANameOrAnotherDomain() {
        TestPki pki = TestPki.shared();
        Stream.of(
                        pki.leaf("proxy-service").dns("proxy-service"),
                        pki.leaf("x").uri("spiffe://elsewhere.example/proxy-service"),
                        pki.leaf("x").uri("https://posthouse.local/proxy-service"),
                        pki.leaf("x").uri("spiffe://posthouse.local/proxy-service/more"),
                        pki.leaf("x")
                                .uri("spiffe://posthouse.local/proxy-service")
                                .uri("spiffe://posthouse.local/ca-service"))
                .forEach(leaf ->
                        isWrongRole(CaUnderTest.door().with(leaf.build().context()).get("/state")));
    }

    private static void isWrongRole(Response answer) {
        answer.then().statusCode(403).body("code", equalTo("caller.role"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/csr/",
                "/csr/x",
                "/cert",
                "/admin",
                "/q/health",
                "/q/metrics",
                "/q/openapi",
                "/..%2fcsr",
                "/%00"
            })
    void knowsNoOtherPath(String path) {
        proxy().urlEncodingEnabled(false)
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
        "GET, /csr, POST",
        "PUT, /csr, POST",
        "OPTIONS, /csr, POST",
        "TRACE, /csr, POST",
        "POST, /state, GET",
        "DELETE, /state, GET"
    })
    void refusesAnotherMethodNamingTheRightOne(String method, String path, String allowed) {
        proxy().request(method, path)
                .then()
                .statusCode(405)
                .header("Allow", equalTo(allowed))
                .body("code", equalTo("method"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json;q=0", "*/*;q=0", "text/*"})
    void refusesToAnswerAnythingButJson(String accept) {
        proxy().accept(accept).get("/state").then().statusCode(406).body("code", equalTo("accept"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/octet-stream", "application/jsonp"})
    void refusesAnotherMediaType(String type) {
        proxy().contentType(type)
                .body("{}".getBytes(UTF_8))
                .post("/csr")
                .then()
                .statusCode(415)
                .body("code", equalTo("content-type"));
    }

    @Test
    void refusesABodyWithoutAType() {
        assertThat(raw("POST /csr", "Content-Length: 2\r\n", "{}"))
                .startsWith("HTTP/1.1 415 ")
                .contains("\"content-type\"");
    }

    @Test
    void refusesAnEncodedBody() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("{}".getBytes(UTF_8));
        }

        proxy().contentType(JSON)
                .header("Content-Encoding", "gzip")
                .body(zipped.toByteArray())
                .post("/csr")
                .then()
                .statusCode(415)
                .body("code", equalTo("content-encoding"));
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsNotStrictJson(byte[] body) {
        Response answer = proxy().contentType(JSON).body(body).post("/csr");

        answer.then().statusCode(400);
        assertThat(answer.jsonPath().getString("code")).startsWith("json.");
    }

    static Stream<byte[]> refusesWhatIsNotStrictJson() {
        String field = "\"csr\":\"x\"";
        return Stream.of(
                bytes(""),
                bytes("x"),
                bytes("[]"),
                bytes("null"),
                bytes("{" + field),
                bytes("{" + field + ",}"),
                bytes("{" + field + "} {}"),
                bytes("{" + field + "," + field + "}"),
                bytes("{'csr':'x'}"),
                bytes("{/**/" + field + "}"),
                bytes("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}"),
                bytes("{\"a\":" + "[".repeat(30_000)),
                ("{" + field + "}").getBytes(UTF_16),
                new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void takesDepthSixteenAndACharset() {
        TestCall call = new TestCall().with("x", nested(15));

        proxy().contentType("application/json; charset=UTF-8")
                .body(call.fields())
                .post("/csr")
                .then()
                .statusCode(200);
    }

    private static Object nested(int depth) {
        return depth == 0 ? "x" : List.of(nested(depth - 1));
    }

    @ParameterizedTest
    @CsvSource({"65536, 400", "65537, 413"})
    void limitsABodyTo64KiB(int octets, int status) {
        proxy().contentType(JSON).body(" ".repeat(octets)).post("/csr").then().statusCode(status);
    }

    @Test
    void takesNoBodyForItsState() {
        assertThat(raw("GET /state", "Content-Length: 2\r\n", "{}")).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void cutsOffAChunkedBodyWithoutEnd() {
        try (RawHttp connection = connect()) {
            connection.send(
                    head(
                            "POST /csr",
                            "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"));
            for (int i = 0; i < 70; i++) {
                connection.send("400\r\n" + " ".repeat(1024) + "\r\n");
            }

            assertThat(connection.answer()).startsWith("HTTP/1.1 413 ").contains("body.too-large");
        }
    }

    @Test
    void cutsOffASlowBody() {
        long start = System.nanoTime();
        try (RawHttp connection = connect()) {
            connection.send(
                    head("POST /csr", "Content-Type: application/json\r\nContent-Length: 100\r\n")
                            + "{\"csr\":");

            assertThat(connection.answer()).startsWith("HTTP/1.1 408 ").contains("body.too-slow");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "POST / HTTP/9.9\r\nContent-Length: 0\r\n\r\n",
                "POST /csr HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                "POST /csr HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /csr HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
                "POST /csr%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            })
    void answersBrokenRequestsWithNothingWorseThan400(String request) {
        try (RawHttp connection = connect()) {
            String answer = connection.send(request).answer();

            assertThat(answer).matches("(?s)|HTTP/[0-9.]+ 4\\d\\d .*").doesNotContain("xception");
        }
    }

    @Test
    void namesTheRequestInItsProblems() {
        proxy().header("X-Request-Id", "my-own.id_7")
                .contentType(JSON)
                .body("{}")
                .post("/csr")
                .then()
                .statusCode(400)
                .header("X-Request-Id", equalTo("my-own.id_7"))
                .header("Cache-Control", equalTo("no-store"))
                .body("type", equalTo("urn:posthouse:problem:json.field"))
                .body("title", notNullValue())
                .body("status", equalTo(400))
                .body("instance", equalTo("urn:posthouse:request:my-own.id_7"));
    }

    /** Of another identity than the proxy's, so that no other test is slowed down. */
    @Test
    void limitsTheRateOfEachIdentity() {
        SSLContext relay = TestPki.shared().service("relay-service").context();
        String request = "GET /state HTTP/1.1\r\nHost: ca\r\n";
        String burst = (request + "\r\n").repeat(8 * CaResource.RATE);

        String answers;
        try (RawHttp connection = RawHttp.connect(CaUnderTest.door().url(), relay)) {
            answers = connection.send(burst + request + "Connection: close\r\n\r\n").answer();
        }

        assertThat(answers).startsWith("HTTP/1.1 403 ");
        int late = answers.indexOf("HTTP/1.1 429 ");
        assertThat(late).isPositive();
        assertThat(answers.substring(late))
                .containsIgnoringCase("Retry-After: 1\r\n")
                .contains("\"code\":\"rate.limited\"");
        proxy().get("/state").then().statusCode(200);
    }

    private static RawHttp connect() {
        return RawHttp.connect(CaUnderTest.door().url(), CaUnderTest.PROXY);
    }

    private static String raw(String line, String headers, String body) {
        try (RawHttp connection = connect()) {
            return connection.send((head(line, headers) + body).getBytes(ISO_8859_1)).answer();
        }
    }

    private static String head(String line, String headers) {
        return line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
    }
}
