package dev.posthouse.proxy.csr;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.proxy.ProxyUnderTest;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.RawHttp;
import dev.posthouse.testing.RawHttp.Reply;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 3: each row of the error table that this door can answer, byte by byte. */
@QuarkusTest
final class CsrDoorTest {

    private static final String JSON = "Content-Type: application/json\r\n";
    private static final int LIMIT = 64 * 1024;

    @TestHTTPResource(tls = true)
    URI url;

    private final String session = sessionName();
    private final String client = address();
    private final String forwarded = "Forwarded: for=" + client + "\r\n";

    private RawHttp connect() {
        return RawHttp.connect(url);
    }

    private Reply post(String headers, byte[] body) {
        try (RawHttp http = connect()) {
            return http.request("POST /csr", forwarded + headers, body).receive();
        }
    }

    private Reply post(String body) {
        return post(JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    private String goodBody() {
        String csr = CsrMaker.p256().csr(session, client).replace("\n", "\\n");
        return "{\"csr\":\"" + csr + "\",\"session_name\":\"" + session + "\"}";
    }

    private static void assertProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        JsonPath problem = new JsonPath(reply.body());
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getString("type")).isEqualTo("urn:posthouse:problem:" + code);
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.getString("instance"))
                .isEqualTo("urn:posthouse:request:" + reply.header("X-Request-Id"));
    }

    @Test
    void takesAGoodRequest() {
        Reply reply = post(goodBody());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        JsonPath answer = new JsonPath(reply.body());
        assertThat(answer.getMap("").keySet())
                .isEqualTo(java.util.Set.of("access_url", "lead_time"));
        assertThat(answer.<Object>get("lead_time")).isInstanceOf(Integer.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                             | json.syntax",
                "not json                                       | json.syntax",
                "[]                                             | json.syntax",
                "null                                           | json.syntax",
                "'\"csr\"'                                      | json.syntax",
                "{\"csr\":\"a\",}                               | json.syntax",
                "{\"csr\":\"a\"} {}                             | json.syntax",
                "{\"csr\":\"a\",\"csr\":\"b\"}                  | json.syntax",
                "{\"x\":{\"a\":1,\"a\":2}}                      | json.syntax",
                "{}                                             | json.field",
                "{\"csr\":\"a\"}                                | json.field",
                "{\"session_name\":\"0123456789abcdef\"}        | json.field",
                "{\"csr\":null,\"session_name\":\"0123456789abcdef\"} | json.field",
                "{\"csr\":1,\"session_name\":\"0123456789abcdef\"}    | json.field",
                "{\"csr\":true,\"session_name\":\"0123456789abcdef\"} | json.field",
                "{\"csr\":[\"a\"],\"session_name\":\"0123456789abcdef\"} | json.field",
                "{\"csr\":{},\"session_name\":\"0123456789abcdef\"}   | json.field",
                "{\"csr\":\"a\",\"session_name\":7}             | json.field",
                "{\"csr\":\"a\",\"session_name\":\"short\"}     | session.name",
                "{\"csr\":\"a\",\"session_name\":\"../../../../etc/passwd\"} | session.name",
                "{\"csr\":\"a\",\"session_name\":\"0123456789abcdef\\u0000\"} | session.name",
                "{\"csr\":\"\",\"session_name\":\"0123456789abcdef\"}  | csr.pem",
            })
    void refusesWhatIsNotTheRightJson(String body, String code) {
        assertProblem(post(body), 400, code);
    }

    @Test
    void refusesWhatIsTooDeep() {
        assertProblem(post("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}"), 400, "json.syntax");
        assertProblem(post("{\"a\":" + "{\"a\":".repeat(9_000)), 400, "json.syntax");
        assertProblem(post("{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}"), 400, "json.field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32"})
    void refusesOtherEncodings(String charset) {
        assertProblem(
                post(JSON, goodBody().getBytes(Charset.forName(charset))), 400, "json.encoding");
        assertProblem(
                post(
                        "Content-Type: application/json; charset=" + charset + "\r\n",
                        goodBody().getBytes(Charset.forName(charset))),
                400,
                "json.encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/csr/", "/csr/x", "/CSR", "/q/openapi", "/q/health", "/state"})
    void findsNothingElsewhere(String path) {
        try (RawHttp http = connect()) {
            assertProblem(
                    http.request("GET " + path, forwarded, new byte[0]).receive(), 404, "path");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS"})
    void answersPostOnly(String method) {
        try (RawHttp http = connect()) {
            Reply reply = http.request(method + " /csr", forwarded, new byte[0]).receive();

            assertProblem(reply, 405, "method");
            assertThat(reply.header("Allow")).isEqualTo("POST");
        }
    }

    @Test
    void refusesACallerThatTakesNoJson() {
        assertProblem(post(JSON + "Accept: text/html\r\n", new byte[] {'{', '}'}), 406, "accept");
        assertProblem(post(JSON + "Accept: ,\r\n", new byte[] {'{', '}'}), 406, "accept");
    }

    /** What the door lets pass is not judged again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "*;q=0.5",
                "garbage, application/json",
                ";;;,,;q=x, application/json",
                "application/json;;",
                "application/json;q=\"",
                "text/html\r\nAccept: application/json",
            })
    void answersEveryCallerThatTakesJson(String accept) {
        assertProblem(
                post(JSON + "Accept: " + accept + "\r\n", new byte[] {'{', '}'}),
                400,
                "json.field");
    }

    @Test
    void refusesOtherMediaTypes() throws IOException {
        byte[] good = goodBody().getBytes(StandardCharsets.UTF_8);

        assertProblem(post("", good), 415, "content-type");
        assertProblem(post("Content-Type: text/plain\r\n", good), 415, "content-type");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(good);
        }
        assertProblem(
                post(JSON + "Content-Encoding: gzip\r\n", zipped.toByteArray()),
                415,
                "content-encoding");
    }

    /** Where several apply, the sheet says which comes first. */
    @Test
    void refusesInTheOrderOfTheSheet() {
        byte[] garbage = {1};
        try (RawHttp http = connect()) {
            String all = forwarded + "Accept: text/html\r\nContent-Type: text/plain\r\n";
            assertThat(http.request("PUT /nowhere", all, garbage).receive().status())
                    .isEqualTo(404);
        }
        try (RawHttp http = connect()) {
            String all = forwarded + "Accept: text/html\r\nContent-Type: text/plain\r\n";
            assertThat(http.request("PUT /csr", all, garbage).receive().status()).isEqualTo(405);
        }
        assertThat(post("Accept: text/html\r\nContent-Type: text/plain\r\n", garbage).status())
                .isEqualTo(406);
        assertThat(post("Content-Type: text/plain\r\n", new byte[LIMIT + 1]).status())
                .isEqualTo(415);
        assertThat(post(JSON, new byte[LIMIT + 1]).status()).isEqualTo(413);
    }

    @Test
    void doesNotWaitForASlowBody() {
        try (RawHttp http = connect()) {
            http.send("POST /csr HTTP/1.1\r\nHost: x\r\n" + forwarded + JSON)
                    .send("Content-Length: 100\r\n\r\n{\"csr\":");

            Reply reply = http.receive();

            assertProblem(reply, 408, "body.too-slow");
            assertThat(http.isHungUp()).isTrue();
        }
    }

    @Test
    void takesABodyUpToTheLimitAndNotOneOctetMore() {
        String pad = "{\"pad\":\"";
        String full = pad + "x".repeat(LIMIT - pad.length() - 2) + "\"}";

        assertProblem(post(full), 400, "json.field");
        assertProblem(post(full + " "), 413, "body.too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"65537", "2000000", "99999999999"})
    void refusesAnAnnouncedLengthOverTheLimit(String length) {
        try (RawHttp http = connect()) {
            http.send("POST /csr HTTP/1.1\r\nHost: x\r\n" + forwarded + JSON)
                    .send("Content-Length: " + length + "\r\n\r\n");

            assertProblem(http.receive(), 413, "body.too-large");
        }
    }

    @Test
    void refusesChunksOverTheLimit() {
        try (RawHttp http = connect()) {
            http.send("POST /csr HTTP/1.1\r\nHost: x\r\n" + forwarded + JSON)
                    .send("Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "2000\r\n" + " ".repeat(0x2000) + "\r\n";
            for (int sent = 0; sent <= LIMIT; sent += 0x2000) {
                http.send(chunk);
            }

            assertProblem(http.receive(), 413, "body.too-large");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1\r\n\r\n",
                "Content-Length: seven\r\n\r\n",
                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\n\r\nnot hex\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-5\r\n",
                "bad header line\r\n\r\n",
            })
    void refusesBrokenFraming(String rest) {
        try (RawHttp http = connect()) {
            http.send("POST /csr HTTP/1.1\r\nHost: x\r\n" + forwarded + JSON + rest);

            // Once the framing is lost there is nothing to answer: hanging up will do.
            assertThat(http.isRefusedOrHungUp()).isTrue();
        }
    }

    /** What the framework refuses before any door is a problem too. */
    @Test
    void refusesARequestWithoutAHost() {
        try (RawHttp http = connect()) {
            http.send("POST /csr HTTP/1.1\r\n" + forwarded + JSON + "Content-Length: 2\r\n\r\n{}");

            assertProblem(http.receive(), 400, "request");
        }
    }

    @Test
    void answersTheSameOverHttp2() throws Exception {
        try (HttpClient http2 =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .sslContext(TestPki.shared().anonymous())
                        .build()) {
            assertHttp2(http2, goodBody(), 200);
            assertHttp2(http2, "{}", 400);
            assertHttp2(http2, " ".repeat(LIMIT + 1), 413);
            assertHttp2(http2, " ".repeat(2_000_000), 413);
        }
    }

    private void assertHttp2(HttpClient http2, String body, int status) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve("/csr"))
                        .timeout(Duration.ofSeconds(5))
                        .header("Content-Type", "application/json")
                        .header("Forwarded", "for=" + client)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();

        HttpResponse<String> answer = http2.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void speaksTls12And13Only() throws Exception {
        for (String old : new String[] {"TLSv1", "TLSv1.1"}) {
            assertThat(ProxyUnderTest.handshake(url, old)).as(old).isFalse();
        }
        for (String current : new String[] {"TLSv1.2", "TLSv1.3"}) {
            assertThat(ProxyUnderTest.handshake(url, current)).as(current).isTrue();
        }
    }

    @Test
    void letsNoForeignByteIntoItsAnswer() {
        String marker = "x<script>alert(1)</script>x";
        Reply reply = post("{\"csr\":\"" + marker + "\",\"session_name\":\"" + session + "\"}");

        assertProblem(reply, 400, "csr.pem");
        assertThat(reply.body()).doesNotContain("script").doesNotContain(session);
    }
}
