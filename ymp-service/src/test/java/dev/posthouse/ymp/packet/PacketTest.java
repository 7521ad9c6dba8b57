package dev.posthouse.ymp.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.ymp.YmpException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YMP, sections 3.3 and 6. */
final class PacketTest {

    private static final String ID = "0123-";

    private static TestMessage message() {
        return new TestMessage("a.example", "b.example", ID);
    }

    private static Message only(TestMessage message) {
        return Packet.parse(TestMessage.packet(message.json())).messages().getFirst();
    }

    private static void refuses(byte[] body, String code) {
        assertThatThrownBy(() -> Packet.parse(body))
                .isInstanceOfSatisfying(
                        YmpException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static void refuses(String body, String code) {
        refuses(body.getBytes(StandardCharsets.UTF_8), code);
    }

    @Test
    void readsAMessage() {
        Message message = only(message().text("service", "the-service-2"));

        assertThat(message.sender().text()).isEqualTo("a.example");
        assertThat(message.id()).isEqualTo(ID);
        assertThat(message.host().text()).isEqualTo("b.example");
        assertThat(message.protocol()).isEqualTo("presentation");
        assertThat(message.service()).isEqualTo("the-service-2");
        assertThat(message.contentHash()).hasSize(64);
        assertThat(message).hasToString("message 0123- of a.example");
    }

    @Test
    void normalisesHostNames() {
        Message message =
                only(
                        new TestMessage("A.Example:443", "b.example", "1")
                                .text("host", "B.EXAMPLE:8443"));

        assertThat(message.sender().text()).isEqualTo("a.example");
        assertThat(message.host().text()).isEqualTo("b.example:8443");
    }

    @Test
    void keepsEachMessageAsItCameAndInOrder() {
        RandomJson json = new RandomJson(20261122);
        for (int round = 0; round < 200; round++) {
            List<String> texts =
                    IntStream.range(0, round % 20)
                            .mapToObj(i ->
                                    message()
                                            .text("id", "m" + i)
                                            .with("payload", json.write(json.object(5)))
                                            .with("more", json.write(json.value(5)))
                                            .json())
                            .toList();
            String body =
                    " {\"x\": {\"messages\": 1}, \"packet\" :\n{\"😀\":[{}], \"messages\": [ "
                            + String.join(" ,\r\n", texts)
                            + "\t], \"y\": 2}, \"z\": null } ";

            Packet packet = Packet.parse(body.getBytes(StandardCharsets.UTF_8));

            assertThat(packet.messages()).extracting(Message::text).isEqualTo(texts);
            packet.messages()
                    .forEach(message ->
                            assertThat(Message.parse(message.text())).isEqualTo(message));
        }
    }

    @Test
    void keepsLongMessagesAsTheyCame() {
        String[] texts =
                IntStream.range(0, 20)
                        .mapToObj(i ->
                                message()
                                        .text("id", "m" + i)
                                        .with("payload", "{\"é\": \"" + "€x".repeat(5_000) + "\"}")
                                        .json())
                        .toArray(String[]::new);

        Packet packet = Packet.parse(TestMessage.packet(texts));

        assertThat(packet.messages()).extracting(Message::text).containsExactly(texts);
        assertThat(packet.messages().getFirst().octets())
                .isEqualTo(texts[0].getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void readsAPacketOfNothing() {
        assertThat(Packet.parse(TestMessage.packet()).messages()).isEmpty();
    }

    @Test
    void readsAHundredMessagesAndNoMore() {
        String[] most = Collections.nCopies(100, message().json()).toArray(String[]::new);
        String[] more = Collections.nCopies(101, message().json()).toArray(String[]::new);

        assertThat(Packet.parse(TestMessage.packet(most)).messages()).hasSize(100);
        refuses(TestMessage.packet(more), "packet.messages");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "1",
                "{",
                "{\"packet\":{\"messages\":[]}}x",
                "{\"packet\":{\"messages\":[]},\"packet\":{\"messages\":[]}}",
                "{\"packet\":{\"messages\":[],\"messages\":[]}}",
                "{\"packet\":{\"messages\":[]},\"x\":{\"a\":1,\"a\":2}}",
                "\ufeff{}",
            })
    void refusesWhatIsNotStrictJson(String body) {
        refuses(body, "json.syntax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"packet\":null}", "{\"packet\":[]}", "{\"Packet\":{}}"})
    void refusesABodyWithoutPacket(String body) {
        refuses(body, "packet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"messages\":null}", "{\"messages\":{}}", "{\"x\":[]}"})
    void refusesAPacketWithoutMessages(String packet) {
        refuses("{\"packet\":" + packet + "}", "packet.messages");
    }

    @Test
    void refusesOctetsThatAreNotUtf8() {
        byte[] body = TestMessage.packet(message().text("action", "?").json());
        body[new String(body, StandardCharsets.US_ASCII).indexOf('?')] = (byte) 0xe9;

        refuses(body, "json.encoding");
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                of("message.sender", message().without("sender")),
                of("message.sender", message().text("sender", "a.example")),
                of(
                        "message.host",
                        message().with("sender", "{\"protocol\":\"p\",\"service\":\"s\"}")),
                of("message.protocol", message().with("sender", "{\"host\":\"a\"}")),
                of("message.id", message().without("id")),
                of("message.id", message().with("id", "1")),
                of("message.id", message().text("id", "")),
                of("message.id", message().text("id", "x".repeat(129))),
                of("message.id", message().text("id", "é")),
                of("message.id", message().text("id", "\\u0000")),
                of("message.id", message().text("id", "\\n")),
                of("message.id", message().text("id", "\\u007f")),
                of("message.reply-to", message().with("reply-to", "1")),
                of("message.action", message().with("reply-to", "null").without("action")),
                of("message.action", message().with("action", "null")),
                of("message.reply-to", message().text("reply-to", "")),
                of("message.host", message().without("host")),
                of("message.host", message().text("host", "b.example.")),
                of("message.host", message().text("host", "127.1")),
                of("message.host", message().text("host", "x".repeat(100_000))),
                of("message.protocol", message().text("protocol", "Presentation")),
                of("message.protocol", message().text("protocol", "x".repeat(65))),
                of("message.service", message().text("service", "a_b")),
                of("message.service", message().without("service")),
                of("message.action", message().without("action")),
                of("message.action", message().text("action", "")),
                of("message.action", message().text("action", "x".repeat(129))),
                of("message.action", message().text("reply-to", "1").with("action", "1")),
                of("message.payload", message().without("payload")),
                of("message.payload", message().with("payload", "[]")),
                of("message.payload", message().with("payload", deep(33))),
                of("json.text", message().with("payload", "{\"a\":\"\\udc00\"}")));
    }

    private static Arguments of(String code, TestMessage message) {
        return Arguments.of(code, message.json());
    }

    private static String deep(int levels) {
        return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesAPacketForOneBadMessage(String code, String message) {
        refuses(TestMessage.packet(message().text("id", "good").json(), message), code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "[]", "\"text\""})
    void refusesAMessageThatIsNoObject(String message) {
        refuses(TestMessage.packet(message), "message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", " ", "~!{}\\\"", "0"})
    void takesPrintableIds(String id) {
        assertThat(only(message().text("id", id)).id()).isEqualTo(id.replace("\\\"", "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "0", "9", "-"})
    void takesNamesOfWhatTheyMayHave(String name) {
        Message message = only(message().text("protocol", name).text("service", name));

        assertThat(message.protocol()).isEqualTo(name);
        assertThat(message.service()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"`", "{", "/", ":", ".", "_", "é"})
    void refusesNamesOfWhatIsBesideThat(String name) {
        refuses(TestMessage.packet(message().text("service", name).json()), "message.service");
    }

    @Test
    void takesWhatIsAsLongAsItMayBe() {
        Message message =
                only(
                        message()
                                .text("id", "x".repeat(128))
                                .text("protocol", "y".repeat(64))
                                .text("action", "😀".repeat(128))
                                .with("payload", deep(32)));

        assertThat(message.id()).hasSize(128);
    }

    @Test
    void takesAnswersWithAndWithoutAction() {
        assertThat(only(message().text("reply-to", "1")).id()).isEqualTo(ID);
        assertThat(only(message().text("reply-to", "1").without("action")).id()).isEqualTo(ID);
        assertThat(only(message().text("reply-to", "1").with("action", "null")).id()).isEqualTo(ID);
        assertThat(only(message().with("reply-to", "null")).id()).isEqualTo(ID);
    }
}
