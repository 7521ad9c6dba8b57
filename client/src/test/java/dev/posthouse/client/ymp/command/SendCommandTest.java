package dev.posthouse.client.ymp.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.client.pki.Identity;
import dev.posthouse.client.pki.ServicesCa;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeDoor.Fault;
import dev.posthouse.client.testing.FakeDoor.Reply;
import dev.posthouse.client.testing.TestSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendCommandTest extends YmpCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void handsOverAMessageWithAnIdOfItsOwn() throws Exception {
        CommandRun run = send("--payload={\"n\": 1.50, \"big\": 12345678901234567890}");

        assertThat(run.exitCode()).as(run.err()).isZero();
        String id = run.out().strip().replace("accepted as ", "");
        assertThat(UUID.fromString(id)).isNotNull();
        assertThat(message(id))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"host": "b.example:8447", "protocol": "chat", "service": "room",
                                 "action": "say it", "sender": {"protocol": "chat", "service": "room"},
                                 "id": "%s", "payload": {"n": 1.50, "big": 12345678901234567890}}
                                """
                                        .formatted(id)));
        assertThat(host.requests().getFirst().body()).contains("{\"n\": 1.50, ");
        assertThat(host.requests().getFirst().caller())
                .isEqualTo("spiffe://posthouse.local/ymp-application/shop");
    }

    @Test
    void sendsAnAnswerOfAnotherService() {
        CommandRun run =
                send(
                        "--payload={}",
                        "--id=7",
                        "--reply-to=6",
                        "--sender-protocol=mail",
                        "--sender-service=desk",
                        "--json");

        assertThat(run.out()).contains("\"id\" : \"7\"");
        assertThat(message("7").path("reply-to").asText()).isEqualTo("6");
        assertThat(message("7").path("sender").toString())
                .isEqualTo("{\"protocol\":\"mail\",\"service\":\"desk\"}");
    }

    @Test
    void readsThePayloadFromAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("payload.json"), "{\"from\": \"file\"}\n");

        assertThat(send("--id=1", "--payload", "@" + file).exitCode()).isZero();
        assertThat(message("1").path("payload").path("from").asText()).isEqualTo("file");
        assertThat(send("--payload=@" + file + ".not").exitCode()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--payload=[]", "--payload=no", "--payload={\"a\":1,\"a\":2}"})
    void whatIsNoObjectIsAWrongCommandLine(String payload) {
        CommandRun run = send(payload);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("the payload is not a JSON object");
        assertThat(host.requests()).isEmpty();
    }

    @Test
    void aHostThatIsNoneIsAWrongCommandLine() {
        assertThat(send("--payload={}", "--host=https://b.example").exitCode()).isEqualTo(2);
    }

    @Test
    void repeatsTheSameMessageUntilTheAnswerIsThere() {
        host.next(
                Fault.LOST_ANSWER,
                Fault.reply(Reply.problem(503, "unavailable", "Later.").retryAfter("3")));

        assertThat(send("--payload={}").exitCode()).isZero();
        assertThat(host.accepted()).hasSize(1);
        assertThat(host.requests()).hasSize(3);
        assertThat(time.pauses()).hasSize(2);
    }

    @Test
    void saysHowToRepeatItWhenTimeIsOver() {
        host.close();

        CommandRun run = send("--payload={}", "--id=mine", "--timeout=5s");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("refuses the connection", "repeat it with --id mine");
    }

    @Test
    void aRefusalEndsItAtOnce() {
        send("--payload={}", "--id=1");

        CommandRun run = send("--payload={\"other\":true}", "--id=1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("refused (409 message.differs)");
        assertThat(run("operator", "send", words("--payload={}")).exitCode()).isEqualTo(1);
    }

    @Test
    void aCertificateThatTheHostDoesNotKnowIsAMatterOfTrust() {
        identity(
                "stranger",
                Identity.ympApplication("posthouse.local", "shop"),
                ServicesCa.create(ServicesCa.NAME, TestSite.CLOCK));

        CommandRun run = run("stranger", "send", words("--payload={}"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
        assertThat(run.err()).contains("does not trust the certificate it was shown");
    }

    private JsonNode message(String id) {
        return host.accepted().get(id);
    }

    private CommandRun send(String... more) {
        return asApplication("send", words(more));
    }

    private static String[] words(String... more) {
        List<String> words = new ArrayList<>();
        if (List.of(more).stream().noneMatch(word -> word.startsWith("--host"))) {
            words.add("--host=B.example:8447");
        }
        words.addAll(List.of("--protocol=chat", "--service=room", "--action=say it"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }
}
