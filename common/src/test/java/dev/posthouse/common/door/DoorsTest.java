package dev.posthouse.common.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import dev.posthouse.testing.RawHttp;
import dev.posthouse.testing.RawHttp.Reply;
import dev.posthouse.testing.TestPki;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, sections 2, 3 and 6: what stands before every resource, over real TLS. */
final class DoorsTest {

    private static final String JSON = "Content-Type: application/json\r\n";

    private static DoorsUnderTest service;

    @BeforeAll
    static void open() {
        service = new DoorsUnderTest(() -> new RateLimit(0, Duration.ofMinutes(1)));
    }

    @AfterAll
    static void close() {
        service.close();
    }

    private static RequestSpecification anonymous() {
        return service.door().anonymous();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Reply raw(String requestLine, String headers, String body) {
        try (RawHttp http = RawHttp.connect(service.url())) {
            return http.request(requestLine, headers, utf8(body)).receive();
        }
    }

    @Test
    void letsStrictJsonInAndAnswersBareJson() {
        anonymous()
                .contentType("application/json;charset=utf-8")
                .body("{\"a\":1}")
                .post("/echo")
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("application/json"))
                .header("Cache-Control", equalTo("no-store"))
                .body(equalTo("{\"a\":1}"));
    }

    @Test
    void refusesAPathThatIsNoDoor() {
        for (String path : new String[] {"/", "/echo/", "/echo2", "//echo", "/echo;a=b", "/q"}) {
            Reply reply = raw("POST " + path, JSON, "{}");

            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("path");
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"})
    void refusesAnotherMethodAndNamesTheRightOne(String method) {
        Reply reply = raw(method + " /echo", JSON, "");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html                                        | 406",
                "application/json;q=0                             | 406",
                "application/json;q=0, */*                        | 406",
                "application/*;q=0, */*                           | 406",
                "text/html, application/xml                       | 406",
                "application/problem+json                         | 406",
                "application/json;version=1;q=0.000               | 406",
                "garbage                                          | 406",
                "*;q=0                                            | 406",
                "*/*                                              | 200",
                "*                                                | 200",
                "application/json;q=0.001                         | 200",
                "application/json;q=                              | 406",
                "','                                              | 406",
                "''                                               | 406",
                ";;;,,;q=x, application/json                      | 200",
                "application/json                                 | 200",
                "application/*                                    | 200",
                "text/html, application/json;q=0.1                | 200",
                "text/html;q=1, */*;q=0.1                         | 200",
                "APPLICATION/JSON                                 | 200",
            })
    void answersOnlyWhoTakesJson(String accept, int status) {
        assertThat(raw("POST /echo", JSON + "Accept: " + accept + "\r\n", "{}").status())
                .isEqualTo(status);
    }

    @Test
    void readsEveryLineOfAccept() {
        String both = JSON + "Accept: text/html\r\nAccept: application/json\r\n";

        assertThat(raw("POST /echo", both, "{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: text/plain\r\n",
                "Content-Type: application/jsonp\r\n",
                "Content-Type: application/problem+json\r\n",
                "Content-Type: application/json, text/plain\r\n",
                "Content-Type: \r\n",
                "Content-Type: ;charset=utf-8\r\n",
                JSON + JSON,
                JSON + "Content-Encoding: gzip\r\n",
                JSON + "Content-Encoding: identity\r\n",
            })
    void refusesEveryOtherMediaType(String headers) {
        assertThat(raw("POST /echo", headers, "{}").status()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "utf-16, 400",
        "latin1, 400",
        "'', 400",
        "utf-8, 200",
        "UTF-8, 200",
        "'\"utf-8\"', 200"
    })
    void takesUtf8Alone(String charset, int status) {
        String headers = "Content-Type: application/json; charset=" + charset + "\r\n";

        assertThat(raw("POST /echo", headers, "{}").status()).isEqualTo(status);
    }

    @Test
    void refusesStrangersAndOtherRolesBeforeItReadsTheBody() {
        anonymous()
                .contentType("application/json")
                .body("not json")
                .post("/internal")
                .then()
                .statusCode(401)
                .body("code", equalTo("caller.unauthenticated"));
        service.door()
                .as("proxy-service")
                .contentType("application/json")
                .body("not json")
                .post("/internal")
                .then()
                .statusCode(403)
                .body("code", equalTo("caller.role"));
        service.door()
                .as("ca-service")
                .contentType("application/json")
                .body("not json")
                .post("/internal")
                .then()
                .statusCode(400);
    }

    @Test
    void givesNoRoleForACommonNameOrAForeignTrustDomain() {
        TestPki pki = TestPki.shared();
        for (var identity :
                new TestPki.Identity[] {
                    pki.leaf("ca-service").dns("ca-service").build(),
                    pki.leaf("ca-service").uri("spiffe://elsewhere.example/ca-service").build(),
                }) {
            service.door()
                    .with(identity.context())
                    .get("/state")
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("caller.role"));
        }
    }

    @Test
    void answersHeadWhereItAnswersGet() {
        service.door().as("ca-service").get("/state").then().statusCode(200);
        service.door().as("ca-service").head("/state").then().statusCode(200);
    }

    @Test
    void refusesABodyWhereNoneBelongs() {
        service.door().as("ca-service").body("{}").get("/state").then().statusCode(413);
    }

    @Test
    void takesABodyOfExactlyTheLimitAndNotOneMore() {
        String most = "{" + " ".repeat(DoorsUnderTest.MOST_OCTETS - 2) + "}";

        assertThat(raw("POST /echo", JSON, most).status()).isEqualTo(200);
        assertThat(raw("POST /echo", JSON, most + " ").status()).isEqualTo(413);
    }

    @Test
    void refusesAnAnnouncedLengthOverTheLimitWithoutReading() {
        try (RawHttp http = RawHttp.connect(service.url())) {
            http.send(
                    "POST /echo HTTP/1.1\r\nHost: x\r\n"
                            + JSON
                            + "Content-Length: 9999999\r\n\r\n");

            Reply reply = http.receive();

            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.header("Connection")).isEqualTo("close");
            assertThat(http.isHungUp()).isTrue();
        }
    }

    @Test
    void refusesChunksThatGoOnWithoutEnd() {
        try (RawHttp http = RawHttp.connect(service.url())) {
            http.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + JSON)
                    .send("Transfer-Encoding: chunked\r\n\r\n");
            String chunk = "200\r\n" + " ".repeat(0x200) + "\r\n";
            http.send(chunk).send(chunk).send(chunk);

            assertThat(http.receive().status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: gzip\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "Host: y\r\nTransfer-Encoding: chunked\r\n"
            })
    void refusesARequestWhoseEndOthersCouldSeeElsewhere(String headers) {
        try (RawHttp http = RawHttp.connect(service.url())) {
            http.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + JSON + headers + "\r\n")
                    .send("2\r\n{}\r\n0\r\n\r\n")
                    .request("POST /echo", JSON, utf8("{}"));

            Reply reply = http.receive();

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("request");
            assertThat(http.isHungUp()).isTrue();
        }
    }

    @Test
    void refusesABodyThatDoesNotArriveInTime() {
        try (RawHttp http = RawHttp.connect(service.url())) {
            http.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + JSON + "Content-Length: 10\r\n\r\n{");

            Reply reply = http.receive();

            assertThat(reply.status()).isEqualTo(408);
            assertThat(reply.code()).isEqualTo("body.too-slow");
            assertThat(http.isHungUp()).isTrue();
        }
    }

    @Test
    void asksForTheBodyOfACallerThatExpectsIt() {
        try (RawHttp http = RawHttp.connect(service.url())) {
            http.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + JSON)
                    .send("Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");

            assertThat(http.receive().status()).isEqualTo(100);
            assertThat(http.send("{}").receive().status()).isEqualTo(200);
        }
    }

    @Test
    void keepsAConnectionForTheNextCallAfterARefusal() {
        try (RawHttp http = RawHttp.connect(service.url())) {
            assertThat(http.request("POST /echo", JSON, utf8("[]")).receive().status())
                    .isEqualTo(400);
            assertThat(http.request("POST /echo", JSON, utf8("{}")).receive().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void doesTheSameOverHttp2() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(TestPki.shared().anonymous()).build()) {
            assertThat(http2(client, "/echo", "{\"a\":1}").body()).isEqualTo("{\"a\":1}");
            assertThat(http2(client, "/echo", "[]").statusCode()).isEqualTo(400);
            assertThat(http2(client, "/missing", "{}").statusCode()).isEqualTo(404);
            assertThat(http2(client, "/nowhere", "{}").statusCode()).isEqualTo(404);
            assertThat(http2(client, "/echo", " ".repeat(5_000)).statusCode()).isEqualTo(413);
        }
    }

    @Test
    void answersHeadWithoutABodyOverHttp2Too() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(TestPki.shared().anonymous()).build()) {
            HttpRequest head =
                    HttpRequest.newBuilder(URI.create(service.url() + "/echo"))
                            .timeout(Duration.ofSeconds(5))
                            .HEAD()
                            .build();

            HttpResponse<String> answer = client.send(head, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.body()).isEmpty();
        }
    }

    private static HttpResponse<String> http2(HttpClient client, String path, String body)
            throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(service.url() + path))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(5))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return answer;
    }

    @Test
    void observesTheAddressATrustedProxyTells() {
        anonymous()
                .header("Forwarded", "for=198.51.100.1, for=\"[2001:db8::7]:99\"")
                .contentType("application/json")
                .body("{}")
                .post("/echo")
                .then()
                .header("X-Seen", equalTo("2001:db8::7"));
    }

    @Test
    void refusesAForwardingEntryThatIsNoAddress() {
        anonymous()
                .header("Forwarded", "for=unknown")
                .contentType("application/json")
                .body("{}")
                .post("/echo")
                .then()
                .statusCode(400)
                .body("code", equalTo("address.forwarded"));
    }

    @Test
    void ignoresForwardingHeadersOfAnyoneElse() {
        try (RawHttp http = RawHttp.connect(service.url(), "127.0.0.2")) {
            String headers = JSON + "Forwarded: for=198.51.100.1\r\n";

            Reply reply = http.request("POST /echo", headers, utf8("{}")).receive();

            assertThat(reply.header("X-Seen")).isEqualTo("127.0.0.2");
        }
    }

    @Test
    void echoesAHarmlessRequestIdAndReplacesAnyOther() {
        anonymous()
                .header("X-Request-Id", "order-7.a_B")
                .post("/nowhere")
                .then()
                .header("X-Request-Id", equalTo("order-7.a_B"))
                .body("instance", equalTo("urn:posthouse:request:order-7.a_B"));
        for (String harmful : new String[] {"a b", "<script>", "x".repeat(65), "é", "%0a"}) {
            anonymous()
                    .header("X-Request-Id", harmful)
                    .post("/nowhere")
                    .then()
                    .header("X-Request-Id", not(equalTo(harmful)))
                    .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
        }
    }

    @Test
    void tellsEveryRefusalOnce() {
        int before = service.refused().size();

        anonymous().post("/nowhere");

        assertThat(service.refused()).hasSize(before + 1);
        assertThat(service.refused().getLast().code()).isEqualTo("path");
    }

    @Test
    void limitsRatesPerAddressAndChargesThreeForWhatIsNotThere() {
        try (DoorsUnderTest limited =
                new DoorsUnderTest(() -> new RateLimit(4, Duration.ofMinutes(1)))) {
            String[] first = {"/missing", "/echo", "/echo"};
            int[] statuses = new int[first.length];
            for (int i = 0; i < first.length; i++) {
                statuses[i] = post(limited, "for=192.0.2.1", first[i]);
            }

            assertThat(statuses).containsExactly(404, 200, 429);
            assertThat(post(limited, "for=192.0.2.2", "/echo")).isEqualTo(200);
            assertThat(post(limited, "for=192.0.2.1", "/nowhere")).isEqualTo(429);
            assertThat(
                            limited.door()
                                    .anonymous()
                                    .header("Forwarded", "for=192.0.2.1")
                                    .post("/echo")
                                    .header("Retry-After"))
                    .matches("1[0-5]|[1-9]");
        }
    }

    private static int post(DoorsUnderTest service, String forwarded, String path) {
        return service.door()
                .anonymous()
                .header("Forwarded", forwarded)
                .contentType("application/json")
                .body("{}")
                .post(path)
                .statusCode();
    }
}
