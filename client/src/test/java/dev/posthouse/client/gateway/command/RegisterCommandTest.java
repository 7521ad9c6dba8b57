package dev.posthouse.client.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.node.NodeFiles;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.NodeKeys;
import dev.posthouse.client.node.Validity;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeRelay.Fault;
import dev.posthouse.client.testing.RelayTest;
import dev.posthouse.common.node.NodeRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterCommandTest extends RelayTest {

    @BeforeEach
    void haveAKey() {
        keepKeys();
    }

    @Test
    void registersANewKey() throws IOException {
        Files.delete(file("gw.key"));

        CommandRun run = register();

        assertThat(run.exitCode()).as(run.err()).isZero();
        NodeIdentity node = NodeFiles.read(file("gw.key"), file("gw.crt"));
        assertThat(relay.registry().registered()).containsExactly(node.id());
        assertThat(node.chain().getLast()).isEqualTo(relay.identity().certificate());
        assertThat(mode(file("gw.key"))).isEqualTo("rw-------");
        assertThat(mode(file("gw.crt"))).isEqualTo("rw-r--r--");
        assertThat(run.out())
                .contains(node.id().text(), relay.id().text(), "relay.example", "registered");
    }

    @Test
    void warnsOfAKeyThatOthersMayRead() throws IOException {
        assertThat(register("--quiet").err()).isEmpty();
        Files.setPosixFilePermissions(file("gw.key"), PosixFilePermissions.fromString("rw-r--r--"));

        CommandRun again = register("--force", "--quiet");
        CommandRun below = endpoint("alice", "--quiet");

        assertThat(again.exitCode()).isZero();
        assertThat(List.of(again.err(), below.err()))
                .allSatisfy(err ->
                        assertThat(err)
                                .contains("warning: " + file("gw.key"), "rw-r--r--", "chmod 600"));
    }

    @Test
    void reportsAsJson() {
        CommandRun run = register("--json");

        assertThat(run.out())
                .contains(
                        "\"status\" : \"registered\"",
                        "\"internet_address\" : \"relay.example\"",
                        "\"gateway\" : \"" + relay.id() + "\"",
                        "\"not_after\" : ");
    }

    @Test
    void doesNothingBeforeHalfTheLifeIsOver() {
        register();
        time.advance(Duration.ofDays(89));

        CommandRun run = register("--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\"status\" : \"not-due\"");
        assertThat(relay.bodies("/v1/nodes")).hasSize(1);
    }

    @Test
    void renewsTheCertificateOfTheSameNode() {
        register();
        NodeIdentity before = NodeFiles.read(file("gw.key"), file("gw.crt"));
        time.advance(Duration.ofDays(91));

        CommandRun run = register();

        NodeIdentity after = NodeFiles.read(file("gw.key"), file("gw.crt"));
        assertThat(run.exitCode()).isZero();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.certificate().notAfter()).isAfter(before.certificate().notAfter());
        assertThat(register("--force").out()).contains("registered");
    }

    @Test
    void asksForANewAuthorisationAtEachAttempt() {
        relay.next(Fault.status(503).with("Retry-After", "20"));
        relay.next(new Fault(200, Map.of(), true), Fault.lostAnswer());

        CommandRun run = register();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(time.pauses()).hasSize(2);
        assertThat(time.pauses().getFirst()).isEqualTo(Duration.ofSeconds(20));
        assertThat(relay.bodies("/v1/pre-registrations")).hasSize(3);
        assertThat(relay.bodies("/v1/nodes")).hasSize(2);
    }

    @Test
    void aRevokedGatewayIsRefusedAndKeepsItsKey() throws IOException {
        register();
        byte[] key = Files.readAllBytes(file("gw.key"));
        relay.registry().revoke(NodeFiles.read(file("gw.key"), file("gw.crt")).id());

        CommandRun run = register("--force", "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("refused (403 http.403): not you");
        assertThat(run.out()).contains("\"code\" : \"http.403\"");
        assertThat(file("gw.key")).hasBinaryContent(key);
    }

    @Test
    void saysWhatARefusalSaysWithoutSteeringTheTerminal() {
        relay.next(Fault.status(400));

        assertThat(register().err()).contains("refused (400 http.400): ").doesNotContain("\u001b");
    }

    @Test
    void writesNoCertificateThatIsOfNoUse() {
        relay.registry().issuingTo(NodeKeys.create().getPublic());
        assertWrongAnswer("for another key");
        relay.registry().issuingTo(null);

        relay.registry().issuingFor(Duration.ofHours(-1));
        assertWrongAnswer("is not valid at");
        relay.registry().issuingFor(Duration.ofDays(1));

        relay.registry()
                .issuingBy(
                        NodeIdentity.selfIssued(
                                NodeKeys.create(),
                                NodeRole.INTERNET_GATEWAY,
                                Validity.from(time.instant(), Duration.ofDays(9))));
        assertWrongAnswer("did not sign");
        relay.registry().issuingBy(relay.identity());

        relay.next(new Fault(200, Map.of("Content-Type", "text/html"), true));
        assertWrongAnswer("not application/vnd.awala.node-registration.authorization");
        assertThat(file("gw.key")).exists();
    }

    @Test
    void aServerThatIsNotThereIsTemporary() {
        relay.close();

        CommandRun run = register("--timeout=5s");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("refuses the connection");
    }

    @Test
    void aServerThatIsNotTrustedIsAnotherMatter() {
        CommandRun run =
                run(
                        "gateway",
                        "register",
                        "--relay=" + relay.url(),
                        "--key=" + file("gw.key"),
                        "--cert=" + file("gw.crt"));

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("does not lead to a trust anchor in this machine's list");
    }

    @Test
    void aCertificateOfAnotherKeyIsAProblemOfFiles() throws IOException {
        register();
        Files.delete(file("gw.key"));
        assertThat(register("--quiet").exitCode()).isEqualTo(6);

        endpoint("other", "--self-issued", "--quiet");
        Files.copy(file("other.key"), file("gw.key"));

        CommandRun run = register();

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("is not that of the certificate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://relay.example",
                "https://relay.example/v1",
                "https://relay.example?a=b",
                "https://me@relay.example",
                "relay.example"
            })
    void aUrlThatIsNotToBeCalledIsAWrongCommandLine(String url) {
        CommandRun run =
                run(
                        "gateway",
                        "register",
                        "--relay=" + url,
                        "--key=" + file("gw.key"),
                        "--cert=" + file("gw.crt"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'" + url + "' ");
        assertThat(relay.calls()).isEmpty();
    }

    private void assertWrongAnswer(String words) {
        CommandRun run = register();
        assertThat(run.exitCode()).as(run.out()).isEqualTo(5);
        assertThat(run.err()).contains(words);
        assertThat(file("gw.crt")).doesNotExist();
    }
}
