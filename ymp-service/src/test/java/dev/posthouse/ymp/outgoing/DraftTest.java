package dev.posthouse.ymp.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.ymp.YmpException;
import dev.posthouse.ymp.packet.Message;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {

    private static final String WHOLE =
            """
            {"host": "B.example:443", "protocol": "p", "service": "s", "action": "look up",
             "payload": { "n" : 1.0e2, "t": "\\u00e9\\"}", "deep": [[{}]] },
             "sender": {"protocol": "q", "service": "t"}, "id": "1", "reply-to": "0",
             "unknown": {"payload": {"other": 1}}}
            """;

    @Test
    void becomesTheMessageThatIsSent() {
        Draft draft = read(WHOLE);

        assertThat(draft.host()).isEqualTo("B.example:443");
        assertThat(draft.id()).contains("1");
        assertThat(draft.complete("a.example", "b.example", "1"))
                .isEqualTo(
                        """
                        {"sender":{"host":"a.example","protocol":"q","service":"t"},"id":"1",\
                        "host":"b.example","reply-to":"0","protocol":"p","service":"s",\
                        "action":"look up",\
                        "payload":{ "n" : 1.0e2, "t": "\\u00e9\\"}", "deep": [[{}]] }}\
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"host\": \"b.example\"}",
                "{\"host\": \"b.example\", \"payload\": []}",
                "{\"host\": \"b.example\", \"payload\": {}, \"payload\": {}}",
                "{\"host\": \"b.example\", \"payload\": {}, \"sender\": \"me\"}",
                "{\"host\": \"b.example\", \"payload\": {}, \"sender\": {\"host\": \"c.example\"}}",
                "{\"host\": \"b.example\", \"payload\": {}, \"sender\": {\"protocol\": 1}}",
                "{\"host\": 1, \"payload\": {}, \"sender\": {}}",
                "{\"host\": \"b.example\", \"payload\": {}, \"sender\": {}, \"action\": 1}",
                "{\"host\": \"b.example\", \"payload\": {}, \"sender\": {}, \"id\": 7}"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> complete(text)).isInstanceOf(YmpException.class);
    }

    @Test
    void takesNullForWhatIsLeftOut() {
        Draft draft =
                read(
                        """
                        {"host": "b.example", "payload": {}, "id": null, "reply-to": null,
                         "sender": {"protocol": "q", "service": "t"}}
                        """);

        assertThat(draft.id()).isEmpty();
        assertThat(draft.complete("a.example", "b.example", "1"))
                .doesNotContain("reply-to", "null");
    }

    /** Whatever is done to a draft, it is refused, or it is a message that says the same. */
    @Test
    void isRefusedOrAMessage() {
        Random random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = WHOLE.getBytes(StandardCharsets.UTF_8);
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            try {
                String text = Draft.read(octets).complete("a.example", "b.example", "1");
                Message message = Message.parse(text);
                assertThat(message.sender().text()).isEqualTo("a.example");
                assertThat(message.id()).isEqualTo("1");
            } catch (YmpException refused) {
                assertThat(refused.code()).isNotBlank();
            }
        }
    }

    private static String complete(String text) {
        Draft draft = read(text);
        return draft.complete("a.example", draft.host(), draft.id().orElse("1"));
    }

    private static Draft read(String text) {
        return Draft.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
