package dev.posthouse.common.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.EitherVersion;
import dev.posthouse.testing.EitherVersion.Reply;
import dev.posthouse.testing.RawHttp;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Doors that stand elsewhere than their resource, take anything, or are for one name alone. */
final class InnerPathsTest {

    private static final int SMALL = 16 * 1024;

    /** What a setting may say. */
    private static final List<String> ODD =
            List.of(
                    "/",
                    "/in",
                    "/in/",
                    "/in;a=b",
                    "/a.b~c",
                    "/%41%2f",
                    "/inner/more",
                    "/@:!$&'()*+,=",
                    "/" + "x".repeat(255));

    private static DoorsUnderTest service;

    @BeforeAll
    static void open() {
        Stream<Door> led =
                ODD.stream()
                        .map(path ->
                                Door.post(
                                                Pattern.quote(path),
                                                Door.Body.octets(SMALL),
                                                Set.of(),
                                                List.of())
                                        .leadingTo("/inner"));
        Stream<Door> others =
                Stream.of(
                        Door.get("/named", Set.of(), List.of())
                                .named(Set.of("ymp.example", "ymp.example:8447")),
                        Door.get("/unnamed", Set.of(), List.of()));
        service = new DoorsUnderTest(Stream.concat(led, others).toList());
    }

    @AfterAll
    static void close() {
        service.close();
    }

    private static EitherVersion client(HttpVersion version) {
        return new EitherVersion(version, service.url());
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void leadsToTheInnerPathAlone(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            for (String path : ODD) {
                byte[] body = path.getBytes(UTF_8);

                Reply reply = client.call("POST", path + "?q=%2F..", Map.of(), body);

                assertThat(reply.status()).as(path).isEqualTo(200);
                assertThat(reply.header("X-Path")).isEqualTo("/inner");
                assertThat(reply.header("X-Uri")).isEqualTo("/inner");
                assertThat(reply.header("X-Absolute")).isEqualTo(service.url() + "/inner");
                assertThat(reply.body().getBytes()).isEqualTo(body);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void showsTheInnerPathToNobody(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            for (String path : new String[] {"/inner", "/inner/", "//inner", "/in/../inner"}) {
                Reply reply = client.call("POST", path, Map.of(), new byte[1]);

                assertThat(reply.status()).as(path).isEqualTo(404);
                assertThat(reply.code()).isEqualTo("path");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void takesAnyOctetsOfAnyType(HttpVersion version) {
        List<Map<String, String>> heads =
                List.of(
                        Map.of(),
                        Map.of("content-type", "nonsense"),
                        Map.of("content-type", ""),
                        Map.of("content-type", "application/json; charset=utf-16"),
                        Map.of("content-type", "multipart/form-data; boundary=x"),
                        Map.of("content-type", "application/x-www-form-urlencoded"),
                        Map.of("content-encoding", "gzip", "accept", "text/html"),
                        Map.of("accept", "application/json;q=0", "authorization", "Basic !"),
                        Map.of("accept-language", "?", "cookie", "=;=", "if-match", "\""));
        byte[] octets = {0, -1, '{', '"'};
        try (EitherVersion client = client(version)) {
            for (Map<String, String> head : heads) {
                Reply reply = client.call("POST", "/in", head, octets);
                assertThat(reply.status()).as(head.toString()).isEqualTo(200);
                assertThat(reply.body().getBytes()).isEqualTo(octets);
                assertThat(client.call("POST", "/in", head, new byte[0]).status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void refusesOctetsForTheirNumberAlone(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            assertThat(client.call("POST", "/in", Map.of(), new byte[SMALL]).status())
                    .isEqualTo(200);
            assertThat(client.call("POST", "/in", Map.of(), new byte[SMALL + 1]).status())
                    .isEqualTo(413);
            assertThat(client.call("PUT", "/in", Map.of(), new byte[1]).header("Allow"))
                    .isEqualTo("POST");

            HttpClientRequest endless = client.begin("POST", "/in", "localhost", Map.of());
            endless.setChunked(true);
            for (int i = 0; i < 3; i++) {
                endless.write(Buffer.buffer(new byte[SMALL / 2]));
            }
            assertThat(client.answer(endless).status()).isEqualTo(413);

            HttpClientRequest slow = client.begin("POST", "/in", "localhost", Map.of());
            slow.setChunked(true).write("x");
            assertThat(client.answer(slow).status()).isEqualTo(408);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void opensToWhomCallsItByName(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            for (String name : new String[] {"ymp.example", "YMP.Example:8447"}) {
                assertThat(call(client, "/named", name).status()).as(name).isEqualTo(200);
            }
            for (String name : new String[] {"ymp.example:444", "example", "localhost:8447"}) {
                Reply reply = call(client, "/named", name);

                assertThat(reply.status()).as(name).isEqualTo(421);
                assertThat(reply.code()).isEqualTo("authority");
                assertThat(reply.body().toString()).contains("Misdirected Request");
                assertThat(call(client, "/unnamed", name).status()).isEqualTo(200);
            }
        }
    }

    private static Reply call(EitherVersion client, String path, String authority) {
        return client.call("GET", path, authority, Map.of(), new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ymp.example:", "ymp.example.", "x@ymp.example", "[ymp.example]", ""})
    void mendsNoName(String host) {
        assertThat(raw("GET /named HTTP/1.1\r\nHost: " + host)).isIn(400, 421);
    }

    @Test
    void believesAWholeTargetRatherThanTheHeader() {
        assertThat(raw("GET https://ymp.example/named HTTP/1.1\r\nHost: x")).isEqualTo(200);
        assertThat(raw("GET https://x/named HTTP/1.1\r\nHost: ymp.example")).isEqualTo(421);
    }

    private static int raw(String head) {
        try (RawHttp http = RawHttp.connect(service.url())) {
            return http.send(head + "\r\n\r\n").receive().status();
        }
    }

    @Test
    void letsNobodyInOnceItIsClosed() {
        try (DoorsUnderTest closing =
                        new DoorsUnderTest(List.of(Door.get("/x", Set.of(), List.of())));
                EitherVersion client = new EitherVersion(HttpVersion.HTTP_2, closing.url())) {
            assertThat(client.call("GET", "/x", Map.of(), new byte[0]).status()).isEqualTo(200);

            closing.doors().close();

            Reply reply = client.call("GET", "/x", Map.of(), new byte[0]);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("closing");
            assertThat(reply.header("Retry-After")).isEqualTo("5");
        }
    }
}
