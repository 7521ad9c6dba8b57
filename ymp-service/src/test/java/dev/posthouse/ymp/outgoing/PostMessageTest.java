package dev.posthouse.ymp.outgoing;

import static dev.posthouse.ymp.sending.Posts.draft;
import static dev.posthouse.ymp.sending.Posts.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.YmpUnderTest;
import dev.posthouse.ymp.sending.Posts;
import dev.posthouse.ymp.sending.Receiver;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /messages} (YMP, section 9), row by row. */
@QuarkusTest
class PostMessageTest {

    private static final String UUID_SYNTAX =
            "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    private Receiver receiver;

    /** It has no token to send with, so that what is posted stays to be looked at. */
    @BeforeEach
    void open() {
        receiver = new Receiver("paula");
        receiver.grantNothing();
    }

    @AfterEach
    void close() {
        Receiver.forget(receiver.host());
        receiver.close();
    }

    @Test
    void takesAMessage() {
        post(draft(receiver.host(), "mine", "{}"))
                .then()
                .statusCode(202)
                .contentType("application/json")
                .body("id", equalTo("mine"));

        assertThat(Posts.waiting(receiver.host())).isEqualTo(1);
    }

    @Test
    void givesAMessageAnIdOfItsOwn() {
        String draft = draft(receiver.host(), "x", "{}").replace(", \"id\": \"x\"", "");

        post(draft).then().statusCode(202).body("id", matchesPattern(UUID_SYNTAX));
        post(draft).then().statusCode(202).body("id", matchesPattern(UUID_SYNTAX));

        assertThat(Posts.waiting(receiver.host())).isEqualTo(2);
    }

    @Test
    void takesARepeatOnce() {
        post(draft(receiver.host(), "twice", "{\"a\": 1, \"b\": 2}")).then().statusCode(202);

        post(draft(receiver.host(), "twice", "{\"b\":2.0,\"a\":1}"))
                .then()
                .statusCode(202)
                .body("id", equalTo("twice"));

        assertThat(Posts.waiting(receiver.host())).isEqualTo(1);
    }

    @Test
    void refusesOtherContentUnderTheSameId() {
        post(draft(receiver.host(), "taken", "{}")).then().statusCode(202);

        post(draft(receiver.host(), "taken", "{\"a\": 1}"))
                .then()
                .statusCode(409)
                .body("code", equalTo("message.id"));
    }

    @Test
    void knowsARepeatOfWhatWasSent() {
        post(draft(receiver.host(), "gone", "{}")).then().statusCode(202);
        TestDatabase.change(
                "update outgoing set sent = now(), message = null where host = ?", receiver.host());

        post(draft(receiver.host(), "gone", "{}")).then().statusCode(202);
        post(draft(receiver.host(), "gone", "{\"a\": 1}")).then().statusCode(409);

        assertThat(Posts.waiting(receiver.host())).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                  | message.payload
                    {"payload": {}}                     | message.host
                    {"payload": {}, "host": "a b"}      | host.syntax
                    {"payload": {}, "host": "b.example."} | host.syntax
                    {"payload": {}, "host": "127.1"}    | host.syntax
                    {"payload": {}, "host": "b.example"} | message.sender
                    {"payload": {}, "host": "b.example", "sender": {}} | message.protocol
                    {"payload": {}, "host": "b.example", "sender": {"protocol": "p", "service": "s"}} | message.action
                    {"payload": {}, "host": "b.example", "sender": {"protocol": "p", "service": "s"}, "protocol": "P", "service": "s", "action": "a"} | message.protocol
                    {"payload": {}, "host": "b.example", "sender": {"protocol": "p", "service": "s"}, "protocol": "p", "service": "s"} | message.action
                    {"payload": {}, "host": "b.example", "sender": {"protocol": "p", "service": "s"}, "protocol": "p", "service": "s", "action": ""} | message.action
                    {"payload": {}, "host": "b.example", "sender": {"protocol": "p", "service": "s"}, "protocol": "p", "service": "s", "action": "a", "id": ""} | message.id
                    [] | json.syntax
                    """)
    void refusesWhatIsMalformed(String body, String code) {
        post(body).then().statusCode(400).body("code", equalTo(code));
    }

    @Test
    void takesAnAnswerWithoutAnAction() {
        String answer =
                draft(receiver.host(), "answer", "{}")
                        .replace("\"action\": \"an action\"", "\"reply-to\": \"question\"");

        post(answer).then().statusCode(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ymp.example",
                "localhost:1",
                "192.0.2.1",
                "[2001:db8::1]",
                "b.example:8080"
            })
    void refusesAHostThatIsNotSentTo(String host) {
        post(draft(host, UUID.randomUUID().toString(), "{}")).then().statusCode(403);
    }

    @Test
    void refusesABlockedHost() {
        TestDatabase.change("insert into peer (host, blocked) values (?, true)", receiver.host());

        post(draft(receiver.host(), "blocked", "{}"))
                .then()
                .statusCode(403)
                .body("code", equalTo("host.forbidden"));
        assertThat(Posts.waiting(receiver.host())).isZero();
    }

    @Test
    void writesTheHostAsItIsCompared() {
        post(draft(receiver.host().toUpperCase(java.util.Locale.ROOT), "loud", "{}"))
                .then()
                .statusCode(202);

        assertThat(Posts.waiting(receiver.host())).isEqualTo(1);
    }

    @Test
    void refusesWhatNoPacketHolds() {
        String draft =
                """
                {"host":"%s","protocol":"p","service":"s","action":"a","payload":{"x":"%s"},\
                "sender":{"protocol":"p","service":"s"}}\
                """;
        int around = draft.formatted(receiver.host(), "").length();

        post(draft.formatted(receiver.host(), "y".repeat((1 << 20) - around)))
                .then()
                .statusCode(413)
                .body("code", equalTo("message.size"));
    }

    @Test
    void takesAPayloadOfThatDepthAndNoDeeper() {
        post(draft(receiver.host(), "deep", deep(32))).then().statusCode(202);
        post(draft(receiver.host(), "deeper", deep(33))).then().statusCode(400);
    }

    private static String deep(int levels) {
        return "{\"x\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    @Test
    void isForApplications() {
        YmpUnderTest.stranger()
                .contentType("application/json")
                .body("{}")
                .post("/messages")
                .then()
                .statusCode(401);
        YmpUnderTest.door()
                .as("proxy-service")
                .contentType("application/json")
                .body("{}")
                .post("/messages")
                .then()
                .statusCode(403);
    }
}
