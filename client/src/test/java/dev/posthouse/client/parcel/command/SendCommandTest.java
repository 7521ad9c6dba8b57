package dev.posthouse.client.parcel.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.node.NodeFiles;
import dev.posthouse.client.parcel.ReceivedParcel;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeRelay.Fault;
import dev.posthouse.client.testing.RelayTest;
import dev.posthouse.common.node.NodeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendCommandTest extends RelayTest {

    @BeforeEach
    void makeAliceAndBob() {
        authorise();
    }

    @Test
    void handsOverAParcelCountersignedByTheGateway() {
        CommandRun run = send("--internet-address=B.example", "--ttl=1d");

        assertThat(run.exitCode()).as(run.err()).isZero();
        ReceivedParcel parcel = delivered();
        assertThat(parcel.sender().id()).isEqualTo(alice());
        assertThat(parcel.content().recipient()).isEqualTo(bob().text());
        assertThat(parcel.content().internetAddress()).hasValue("b.example");
        assertThat(UUID.fromString(parcel.content().id())).isNotNull();
        assertThat(parcel.content().created())
                .isEqualTo(time.instant().truncatedTo(ChronoUnit.SECONDS));
        assertThat(parcel.content().ttl()).isEqualTo(Duration.ofDays(1));
        assertThat(parcel.content().payload()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(parcel.certificates()).hasSize(3);
        assertThat(run.out()).contains("accepted  id " + parcel.content().id(), "at b.example");
    }

    @Test
    void reportsAsJson() {
        CommandRun run = send("--id=mine", "--json");

        assertThat(delivered().content().internetAddress()).isEmpty();
        assertThat(run.out())
                .contains(
                        "\"id\" : \"mine\"",
                        "\"sender\" : \"" + alice() + "\"",
                        "\"recipient\" : \"" + bob() + "\"",
                        "\"payload_octets\" : 5");
    }

    @Test
    void readsThePayloadFromAFile() throws IOException {
        byte[] payload = new byte[8_000_000];
        Files.write(file("payload"), payload);

        CommandRun run = send("--payload=@" + file("payload"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(delivered().content().payload()).hasSize(8_000_000);
    }

    @Test
    void repeatsTheSameOctetsUntilTheyAreAccepted() {
        relay.next(Fault.lostAnswer(), Fault.status(507));

        assertThat(send().exitCode()).isZero();
        List<byte[]> parcels = relay.bodies("/v1/parcels");
        assertThat(parcels).hasSize(3);
        assertThat(parcels.get(2)).isEqualTo(parcels.getFirst()).isEqualTo(parcels.get(1));
    }

    @Test
    void saysHowToRepeatItWhenTimeIsOver() {
        relay.close();

        CommandRun run = send("--id=mine", "--timeout=3s");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .contains("refuses the connection", "repeat it, a new one with --id mine");
    }

    @Test
    void aRevokedGatewayIsRefused() {
        relay.registry().revoke(NodeFiles.certificates(file("gw.crt")).getFirst().id());

        CommandRun run = send();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("refused (401 http.401): no countersignature");
    }

    @Test
    void sendsAParcelThatIsThere() throws IOException {
        send();
        byte[] parcel = relay.bodies("/v1/parcels").getFirst();
        Files.write(file("one.parcel"), parcel);
        Files.writeString(file("none.parcel"), "nothing");

        assertThat(sendFile("one.parcel").exitCode()).isZero();
        assertThat(relay.bodies("/v1/parcels").getLast()).isEqualTo(parcel);
        assertThat(sendFile("none.parcel").exitCode()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--ttl=0s",
                "--ttl=181d",
                "--id=",
                "--id=\n",
                "--id=12345678901234567890123456789012345678901234567890123456789012345",
                "--internet-address=b.example:8443",
                "--internet-address=127.0.0.1",
                "--internet-address=https://b.example",
                "--recipient=0abc"
            })
    void whatNoParcelMayHaveIsAWrongCommandLine(String word) {
        CommandRun run = send(word);

        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(relay.bodies("/v1/parcels")).isEmpty();
    }

    @Test
    void aParcelHasALimit() throws IOException {
        Files.write(file("payload"), new byte[8_322_037]);

        CommandRun run = send("--payload=@" + file("payload"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("8 322 037");
    }

    @Test
    void anAuthorisationThatIsOverIsAProblemOfFiles() {
        time.advance(Duration.ofDays(181));

        CommandRun run = send();

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("is valid from ", " only");
    }

    @Test
    void aSenderOnTheInternetSaysWhomItIsFor() {
        endpoint("server", "--self-issued");
        String[] words = {
            "--sender-key=" + file("server.key"),
            "--authorisation=" + file("server.crt"),
            "--payload=hello"
        };

        assertThat(sendRaw(words).exitCode()).isEqualTo(2);
        List<String> more = new ArrayList<>(List.of(words));
        more.add("--recipient=" + bob());
        assertThat(sendRaw(more.toArray(String[]::new)).exitCode()).isZero();
    }

    private ReceivedParcel delivered() {
        return ReceivedParcel.read(relay.bodies("/v1/parcels").getLast());
    }

    private NodeId alice() {
        return NodeFiles.certificates(file("alice.crt")).getFirst().id();
    }

    private NodeId bob() {
        return NodeFiles.certificates(file("bob.crt")).getFirst().id();
    }

    private CommandRun send(String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--sender-key=" + file("alice.key"),
                                "--authorisation=" + file("alice-to-bob.crt")));
        if (List.of(more).stream().noneMatch(word -> word.startsWith("--payload"))) {
            words.add("--payload=hello");
        }
        words.addAll(List.of(more));
        return sendRaw(words.toArray(String[]::new));
    }

    private CommandRun sendFile(String name) {
        return sendRaw("--parcel=" + file(name));
    }

    private CommandRun sendRaw(String... more) {
        List<String> words = new ArrayList<>(gateway());
        words.addAll(List.of(more));
        return call("parcel", "send", words.toArray(String[]::new));
    }
}
