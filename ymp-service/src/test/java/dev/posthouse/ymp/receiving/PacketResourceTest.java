package dev.posthouse.ymp.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.testing.TestDatabase;
import dev.posthouse.ymp.YmpUnderTest;
import dev.posthouse.ymp.packet.TestMessage;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** YMP, sections 3.3 and 7: the packet door, a test for each row that is decided behind it. */
@QuarkusTest
class PacketResourceTest {

    @Inject MeterRegistry metrics;

    private final TestSender sender = new TestSender();

    private RequestSpecification holder() {
        String token = UUID.randomUUID().toString();
        TestDatabase.change(
                "insert into granted_token (token_hash, host, created, expires) values"
                        + " (sha256(convert_to(?, 'UTF8')), ?, now(), now() + interval '1 hour')",
                token,
                sender.name().text());
        return YmpUnderTest.stranger()
                .contentType("application/json")
                .header("Authorization", "Bearer " + token);
    }

    private Response post(byte[] packet) {
        return holder().body(packet).post("/packet");
    }

    private void refuses(byte[] packet, int status, String code) {
        post(packet)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
        assertThat(sender.waiting()).isNull();
    }

    @Test
    void takesAPacketAndItsRepeat() {
        post(sender.packet("1", "2")).then().statusCode(204).body(equalTo(""));
        post(sender.packet("1", "2")).then().statusCode(204);

        assertThat(sender.waiting()).isEqualTo("1 2");
    }

    /** None of them comes as far as the resource. */
    @Test
    void countsThePacketsThatTheDoorRefuses() {
        Map<String, Double> before = new HashMap<>();
        for (String code : List.of("body.too-large", "content-type", "token.invalid")) {
            before.put(code, counted(code));
        }

        holder().body(new byte[1024 * 1024 + 1]).post("/packet").then().statusCode(413);
        holder().contentType("text/plain").body("{}").post("/packet").then().statusCode(415);
        YmpUnderTest.stranger()
                .contentType("application/json")
                .header("Authorization", "Bearer nobodys")
                .body("{}")
                .post("/packet")
                .then()
                .statusCode(401);

        before.forEach((code, count) -> assertThat(counted(code)).as(code).isGreaterThan(count));
    }

    private double counted(String code) {
        return metrics.counter("posthouse.ymp.packets.in", "code", code).count();
    }

    @Test
    void takesAPacketOfNothing() {
        post(TestMessage.packet()).then().statusCode(204);
    }

    @Test
    void takesAPayloadAsDeepAsItMayBe() {
        String deep = "{\"a\":".repeat(31) + "{}" + "}".repeat(31);
        post(TestMessage.packet(sender.message("1").with("payload", deep).json()))
                .then()
                .statusCode(204);
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                "{",
                "[]",
                "{}",
                "{\"packet\":{}}",
                "{\"packet\":{\"messages\":[1]}}",
                "{\"packet\":{\"messages\":[{}]}}",
                "{\"packet\":{\"messages\":[\"\\ud800\"]}}");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void answers400ToWhatIsNoPacket(String body) {
        post(body.getBytes(StandardCharsets.UTF_8)).then().statusCode(400);
    }

    @Test
    void answers400ToOneBadMessage() {
        refuses(
                TestMessage.packet(
                        sender.message("1").json(),
                        sender.message("2").with("payload", "{\"a\":\"\\udc00\"}").json()),
                400,
                "json.text");
        refuses(
                TestMessage.packet(
                        sender.message("1").json(), sender.message("2").without("action").json()),
                400,
                "message.action");
    }

    @Test
    void answers401WithoutAToken() {
        YmpUnderTest.stranger()
                .contentType("application/json")
                .body(sender.packet("1"))
                .post("/packet")
                .then()
                .statusCode(401);
    }

    @Test
    void answers403ToTheMessageOfAnotherHost() {
        refuses(new TestSender().packet("1"), 403, "packet.sender");
    }

    @Test
    void answers403ToAMessageForAnotherHost() {
        refuses(
                TestMessage.packet(sender.message("1").text("host", "other.example").json()),
                403,
                "packet.host");
    }

    @Test
    void answers409ToOtherContentUnderTheSameId() {
        post(sender.packet("1")).then().statusCode(204);

        post(TestMessage.packet(
                        sender.message("1").text("action", "other").json(),
                        sender.message("2").json()))
                .then()
                .statusCode(409)
                .body("code", equalTo("message.conflict"));
        assertThat(sender.waiting()).isEqualTo("1");
    }

    @Test
    void answers413ToTooManyMessages() {
        refuses(
                TestMessage.packet(
                        Collections.nCopies(101, sender.message("1").json())
                                .toArray(String[]::new)),
                413,
                "packet.messages");
    }

    @Test
    void answers413ToABodyThatIsTooLong() {
        String payload = "{\"a\":\"" + "x".repeat(1 << 20) + "\"}";
        refuses(
                TestMessage.packet(sender.message("1").with("payload", payload).json()),
                413,
                "body.too-large");
    }

    @Test
    void takesABodyOfAMebibyte() {
        byte[] small = TestMessage.packet(sender.message("1").with("payload", "{}").json());
        String filler = " ".repeat((1 << 20) - small.length);
        post(TestMessage.packet(sender.message("1").with("payload", "{}" + filler).json()))
                .then()
                .statusCode(204);
    }

    @Test
    void answers415ToAnotherMediaType() {
        holder().contentType("text/plain")
                .body(sender.packet("1"))
                .post("/packet")
                .then()
                .statusCode(415);
    }

    @Test
    void answers429WhenTooMuchWaits() {
        TestDatabase.change(
                "insert into inbox_load (sender_host, messages, octets, taken) values (?, 100000, 9,"
                        + " 0)",
                sender.name().text());

        post(sender.packet("1"))
                .then()
                .statusCode(429)
                .header("Retry-After", equalTo("10"))
                .body("code", equalTo("inbox.full"));
        assertThat(sender.waiting()).isNull();
    }
}
