package dev.posthouse.common.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.EitherVersion;
import dev.posthouse.testing.EitherVersion.Reply;
import io.vertx.core.http.HttpVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** PoHTTP, section 8: doors of one path, which refuse with a message. */
final class MannersTest {

    private static final int SMALL = 1024;
    private static final Set<String> TYPES = Set.of("application/a.parcel", "application/b.parcel");
    private static final Map<String, String> PARCEL =
            Map.of("content-type", "application/a.parcel", "accept", "application/json");
    private static final byte[] NOTHING = {};

    private static DoorsUnderTest service;

    @BeforeAll
    static void open() {
        service =
                new DoorsUnderTest(
                        List.of(
                                Door.post(
                                                "/",
                                                Door.Body.octets(SMALL).of(TYPES),
                                                Set.of(),
                                                List.of())
                                        .leadingTo("/inner")
                                        .with(Door.Manner.MESSAGE),
                                Door.getOctets("/", Set.of(), List.of())
                                        .leadingTo("/inner")
                                        .with(Door.Manner.MESSAGE),
                                Door.post("/two", Door.Body.octets(SMALL), Set.of(), List.of()),
                                Door.get("/two", Set.of(), List.of())));
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
    void answersTwoMethodsOnOnePath(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            Reply posted = client.call("POST", "/", PARCEL, new byte[] {7});
            Reply got = client.call("GET", "/", Map.of("accept", "text/plain"), NOTHING);
            Reply headed = client.call("HEAD", "/", Map.of(), NOTHING);

            assertThat(posted.status()).isEqualTo(200);
            assertThat(posted.body().getBytes()).containsExactly(7);
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.header("X-Path")).isEqualTo("/inner");
            assertThat(headed.status()).isEqualTo(200);
            assertThat(headed.body().length()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void tellsWhoAsksWhatItAnswers(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            Reply told = client.call("OPTIONS", "/", Map.of(), NOTHING);
            assertThat(told.status()).isEqualTo(204);
            assertThat(told.header("Allow")).isEqualTo("POST, GET, HEAD, OPTIONS");
            assertThat(told.body().length()).isZero();

            Reply put = client.call("PUT", "/", PARCEL, new byte[1]);
            assertThat(put.status()).isEqualTo(405);
            assertThat(put.header("Allow")).isEqualTo("POST, GET, HEAD, OPTIONS");

            Reply other = client.call("OPTIONS", "/two", Map.of(), NOTHING);
            assertThat(other.status()).isEqualTo(405);
            assertThat(other.header("Allow")).isEqualTo("POST, GET");
        }
    }

    /** Whoever sends a message gives it up at a 4xx, and this is our own proxy's doing. */
    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void takesTheBlameForWhatOurProxySays(HttpVersion version) {
        Map<String, String> spoilt = new HashMap<>(PARCEL);
        spoilt.put("forwarded", "for=unknown");
        try (EitherVersion client = client(version)) {
            Reply message = client.call("POST", "/", spoilt, new byte[1]);
            Reply other = client.call("POST", "/two", spoilt, new byte[1]);

            assertThat(message.status()).isEqualTo(503);
            assertThat(message.header("Retry-After")).isNotNull();
            assertThat(other.status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json               | application/json",
                "text/html, application/json    | application/json",
                "*/*                            | application/json",
                "application/*;q=0.1            | application/json",
                "application/json;q=0           | text/plain",
                "text/plain                     | text/plain",
                "nonsense                       | text/plain",
            })
    void wordsRefusalsAsTheCallerAcceptsThem(String accept, String mediaType) {
        for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
            try (EitherVersion client = client(version)) {
                Reply refused = client.call("POST", "/", Map.of("accept", accept), new byte[1]);

                assertThat(refused.status()).isEqualTo(415);
                assertThat(refused.header("Content-Type")).isEqualTo(mediaType);
                String sentence =
                        mediaType.equals("text/plain")
                                ? refused.body().toString()
                                : refused.body().toJsonObject().getString("message");
                assertThat(sentence)
                        .isEqualTo(
                                "The body must be application/a.parcel or application/b.parcel.");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void wordsRefusalsAsTextForWhoSaysNothing(HttpVersion version) {
        try (EitherVersion client = client(version)) {
            Reply tooLong =
                    client.call(
                            "POST",
                            "/",
                            Map.of("content-type", "application/b.parcel"),
                            new byte[SMALL + 1]);

            assertThat(tooLong.status()).isEqualTo(413);
            assertThat(tooLong.header("Content-Type")).isEqualTo("text/plain");
            assertThat(tooLong.body().toString()).endsWith("octets.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/a.parcel               | identity | 415",
                "application/a.parcel               | gzip     | 415",
                "application/json                   |          | 415",
                "application/a.parcels              |          | 415",
                "''                                 |          | 415",
                "application/a.parcel               |          | 200",
                "Application/B.Parcel;charset=x;y   |          | 200",
                "application/a.parcel ; a=\"b;c\"   |          | 200",
            })
    void takesItsMediaTypesWithAnyParameters(String type, String encoding, int status) {
        Map<String, String> headers =
                encoding == null
                        ? Map.of("content-type", type)
                        : Map.of("content-type", type, "content-encoding", encoding);
        for (HttpVersion version : List.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)) {
            try (EitherVersion client = client(version)) {
                assertThat(client.call("POST", "/", headers, new byte[1]).status())
                        .isEqualTo(status);
            }
        }
    }
}
