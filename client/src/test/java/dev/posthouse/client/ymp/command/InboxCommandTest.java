package dev.posthouse.client.ymp.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeDoor.Fault;
import dev.posthouse.client.testing.FakeDoor.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxCommandTest extends YmpCommandTest {

    private static final String MESSAGE =
            """
            {"sender": {"host": "b.example", "protocol": "chat", "service": "room"}, "id": "m1",
             "host": "a.example", "protocol": "chat", "service": "desk", "action": "say it",
             "reply-to": "m0", "payload": {"text": "x\u009b2J", "n": 1.50}}
            """;

    @Test
    void printsWhatIsThereAndLeavesIt() {
        host.receive(7, MESSAGE);

        CommandRun run = asApplication("inbox");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        "7  2026-11-22T10:00:00Z  b.example chat/room  chat/desk  say it  id m1  reply to m0",
                        "    {\"text\":\"x?2J\",\"n\":1.50}");
        assertThat(host.waiting()).isOne();
        assertThat(host.requests()).hasSize(1);
    }

    @Test
    void acknowledgesWhatItHasPrinted() {
        host.receive(7, MESSAGE);
        host.receive(8, MESSAGE);

        CommandRun run = asApplication("inbox", "--ack", "--quiet");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(host.waiting()).isZero();
        assertThat(asApplication("inbox", "--ack").out()).isEqualTo("no messages\n");
        assertThat(host.requests()).hasSize(3);
    }

    @Test
    void printsMessagesAsTheyWereReceived() throws Exception {
        host.receive(7, MESSAGE);
        ObjectMapper json = new ObjectMapper();

        JsonNode out = json.readTree(asApplication("inbox", "--json").out());

        assertThat(out.at("/messages/0/seq").asInt()).isEqualTo(7);
        assertThat(out.at("/messages/0/message")).isEqualTo(json.readTree(MESSAGE));
    }

    @Test
    void saysWhatItWants() {
        asApplication("inbox", "--max=5", "--wait=30", "--protocol=chat", "--service=desk");

        assertThat(host.requests().getFirst().query())
                .isEqualTo("max=5&wait=30&protocol=chat&service=desk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--max=0", "--max=1001", "--wait=31", "--wait=-1", "--service=a&b"})
    void whatNobodyCanWantIsAWrongCommandLine(String option) {
        assertThat(asApplication("inbox", option).exitCode()).isEqualTo(2);
        assertThat(host.requests()).isEmpty();
    }

    @Test
    void anAnswerThatIsNoInboxIsWrong() {
        host.next(Fault.reply(Reply.json(200, "[]")));

        assertThat(asApplication("inbox").exitCode()).isEqualTo(5);
    }

    @Test
    void isTriedAgain() {
        host.next(Fault.reply(Reply.problem(503, "unavailable", "Later.")), Fault.LOST_ANSWER);

        assertThat(asApplication("inbox").exitCode()).isZero();
        assertThat(host.requests()).hasSize(3);
    }
}
