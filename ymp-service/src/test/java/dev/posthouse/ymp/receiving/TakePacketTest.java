package dev.posthouse.ymp.receiving;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestKafka;
import dev.posthouse.ymp.YmpException;
import dev.posthouse.ymp.packet.TestMessage;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** YMP, sections 3.3, 6 and 9: below the door, with the real database and broker. */
@QuarkusTest
class TakePacketTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestSender sender = new TestSender();

    @Inject TakePacket takePacket;
    @Inject AcknowledgeMessages acknowledgeMessages;
    @Inject MeterRegistry metrics;

    private void take(byte[] body) {
        takePacket.take(sender.name(), body);
    }

    private void refuses(byte[] body, String code) {
        assertThatThrownBy(() -> take(body))
                .isInstanceOfSatisfying(
                        YmpException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private List<String> events(String event, int number) {
        await(
                number + " " + event,
                () -> TestKafka.records("ymp." + event, sender.name().text()).size() >= number);
        return TestKafka.records("ymp." + event, sender.name().text()).stream()
                .map(ConsumerRecord::value)
                .toList();
    }

    private static JsonNode data(String event) throws IOException {
        return JSON.readTree(event).get("data");
    }

    @Test
    void storesMessagesInTheirOrderAsTheyCame() {
        String first =
                sender.message("x 1").with("payload", "{ \"a\":1.50,\"b\" : \"\\u0000é\" }").json();

        take(TestMessage.packet(first, sender.message("0").json()));
        take(sender.packet(TestSender.ids(100)));

        assertThat(sender.waiting()).isEqualTo("x 1 0 " + String.join(" ", TestSender.ids(100)));
        assertThat(sender.load()).isEqualTo(sender.realLoad()).startsWith("102 ");
        assertThat(
                        TestDatabase.ask(
                                "select message from inbox where sender_host = ? and id = 'x 1'",
                                sender.name().text()))
                .isEqualTo(first);
    }

    @Test
    void storesARepeatOnceHoweverItIsWritten() {
        take(sender.packet("1", "2"));
        String load = sender.load();

        take(sender.packet("1", "2"));
        take(sender.packet("2", "3"));
        take(
                TestMessage.packet(
                        sender.message("1").with("payload", "{ \"\\u006e\" : 1.0 }").json()));

        assertThat(sender.waiting()).isEqualTo("1 2 3");
        assertThat(load).startsWith("2 ");
        assertThat(sender.load()).isEqualTo(sender.realLoad()).startsWith("3 ");
    }

    @Test
    void refusesAllOfAPacketWhenOneIdHasOtherContent() {
        take(sender.packet("1"));
        String load = sender.load();

        refuses(
                TestMessage.packet(
                        sender.message("new").json(),
                        sender.message("1").with("payload", "{\"n\": 2}").json()),
                "message.conflict");

        assertThat(sender.waiting()).isEqualTo("1");
        assertThat(sender.load()).isEqualTo(load).isEqualTo(sender.realLoad());
    }

    @Test
    void takesTheSameMessageTwiceInAPacketOnce() {
        take(TestMessage.packet(sender.message("1").json(), sender.message("1").json() + " "));

        assertThat(sender.waiting()).isEqualTo("1");
        refuses(
                TestMessage.packet(
                        sender.message("2").json(),
                        sender.message("2").text("action", "other").json()),
                "message.conflict");
        assertThat(sender.waiting()).isEqualTo("1");
    }

    @Test
    void doesNotDeliverAgainWhatWasAcknowledged() {
        take(sender.packet("1"));
        acknowledgeMessages.acknowledge(java.util.Set.of(sender.seq("1")));

        take(sender.packet("1"));

        assertThat(sender.waiting()).isNull();
        assertThat(sender.load()).isEqualTo("0 0");
        refuses(
                TestMessage.packet(sender.message("1").text("action", "other").json()),
                "message.conflict");
    }

    @Test
    void storesNothingForAPacketOfNothing() {
        take(TestMessage.packet());

        assertThat(sender.load()).isEqualTo("no row");
    }

    @Test
    void refusesAMessageOfAnotherHost() {
        String other = new TestMessage("other.example", "ymp.example", "1").json();

        refuses(TestMessage.packet(sender.message("1").json(), other), "packet.sender");

        assertThat(sender.waiting()).isNull();
    }

    @Test
    void refusesAMessageForAnotherHost() {
        String other = sender.message("2").text("host", "other.example").json();

        refuses(TestMessage.packet(sender.message("1").json(), other), "packet.host");

        assertThat(sender.waiting()).isNull();
    }

    @Test
    void refusesAllOfAPacketForOneBadMessage() {
        refuses(
                TestMessage.packet(sender.message("1").json(), sender.message("").json()),
                "message.id");

        assertThat(sender.waiting()).isNull();
        assertThat(sender.load()).isEqualTo("no row");
    }

    @Test
    void tellsOfWhatIsNewAndOnlyOfThat() throws IOException {
        String message = sender.message("1").with("payload", "{ \"a\" : 1.50 }").json();
        take(TestMessage.packet(message, sender.message("2").json()));
        take(TestMessage.packet(message));
        take(TestMessage.packet(sender.message("2").json(), sender.message("3").json()));

        List<String> received = events("message-received", 3);
        List<String> accepted = events("packet-accepted", 2);

        assertThat(received).hasSize(3);
        assertThat(received.getFirst()).contains(message);
        assertThat(data(received.getFirst()).get("seq").asLong()).isEqualTo(sender.seq("1"));
        assertThat(data(received.get(2)).get("id").asText()).isEqualTo("3");
        assertThat(accepted).hasSize(2);
        assertThat(data(accepted.get(0)).get("messages").asInt()).isEqualTo(2);
        assertThat(data(accepted.get(1)).get("messages").asInt()).isEqualTo(1);
    }

    @Test
    void tellsOfAMessageThatIsTooLongForKafkaWithoutIt() throws IOException {
        int rest = sender.message("1").with("payload", "{\"a\":\"\"}").json().length();
        String longest =
                sender.message("1")
                        .with("payload", "{\"a\":\"" + "x".repeat(65_536 - rest) + "\"}")
                        .json();
        String longer =
                sender.message("2")
                        .with("payload", "{\"a\":\"" + "x".repeat(65_537 - rest) + "\"}")
                        .json();

        take(TestMessage.packet(longest, longer));
        List<String> received = events("message-received", 2);

        assertThat(received.getFirst()).contains(longest);
        assertThat(data(received.get(1)).has("message")).isFalse();
        assertThat(data(received.get(1)).get("peer").asText()).isEqualTo(sender.name().text());
        assertThat(data(received.get(1)).get("id").asText()).isEqualTo("2");
    }

    @Test
    void tellsOfRefusedPacketsAFewTimesAMinuteAndCountsAll() throws IOException {
        double before = metrics.counter("posthouse.ymp.packets.in", "code", "packet").count();

        for (int i = 0; i < 30; i++) {
            refuses("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), "packet");
        }
        List<String> rejected = events("packet-rejected", 10);

        assertThat(data(rejected.getFirst()).get("code").asText()).isEqualTo("packet");
        assertThat(rejected).hasSizeBetween(10, 12);
        assertThat(metrics.counter("posthouse.ymp.packets.in", "code", "packet").count() - before)
                .isGreaterThanOrEqualTo(30);
    }

    @Test
    void countsPacketsAndMessages() {
        double taken = metrics.counter("posthouse.ymp.messages.in", "code", "taken").count();
        double again = metrics.counter("posthouse.ymp.messages.in", "code", "repeated").count();

        take(sender.packet("1", "2", "3"));
        take(sender.packet("3", "4"));

        assertThat(metrics.counter("posthouse.ymp.messages.in", "code", "taken").count() - taken)
                .isGreaterThanOrEqualTo(4);
        assertThat(metrics.counter("posthouse.ymp.messages.in", "code", "repeated").count() - again)
                .isGreaterThanOrEqualTo(1);
    }
}
