package dev.posthouse.client.parcel.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.node.NodeFiles;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.OpenSsl;
import dev.posthouse.client.testing.RelayTest;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthoriseCommandTest extends RelayTest {

    @Test
    void authorisesTheHolderOfAKey() {
        keepKeys();
        register();
        endpoint("bob");
        OpenSsl.run("genrsa", "-out", file("alice.pem"), "2048");
        OpenSsl.run("rsa", "-in", file("alice.pem"), "-pubout", "-out", file("alice.pub"));

        CommandRun run = authorise("alice.pub", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        NodeIdentity bob = NodeFiles.read(file("bob.key"), file("bob.crt"));
        List<NodeCertificate> path = NodeFiles.certificates(file("out.crt"));
        assertThat(path).hasSize(4);
        assertThat(path.subList(1, 4)).isEqualTo(bob.chain());
        assertThat(path.getFirst().isSignedBy(bob.certificate())).isTrue();
        assertThat(NodeRole.SENDER.isHeldBy(path.getFirst())).isTrue();
        assertThat(NodeFiles.read(file("alice.pem"), file("out.crt")).id())
                .isEqualTo(path.getFirst().id());
        assertThat(run.out())
                .contains(
                        "\"sender\" : \"" + path.getFirst().id() + "\"",
                        "\"recipient\" : \"" + bob.id() + "\"");
    }

    @Test
    void refusesWhatIsNoKeyOfANode() throws IOException {
        keepKeys();
        register();
        endpoint("bob");
        OpenSsl.run("genrsa", "-out", file("short.pem"), "1024");
        OpenSsl.run("rsa", "-in", file("short.pem"), "-pubout", "-out", file("short.pub"));
        Files.writeString(file("none.pub"), "no key");

        assertThat(authorise("short.pub").exitCode()).isEqualTo(6);
        assertThat(authorise("none.pub").exitCode()).isEqualTo(6);
        assertThat(authorise("missing.pub").err()).contains("no such file");
        assertThat(file("out.crt")).doesNotExist();
    }

    @Test
    void replacesAFileOnlyWhereItIsTold() throws IOException {
        authorise();
        Files.writeString(file("out.crt"), "mine");

        assertThat(authorise("alice.crt").exitCode()).isEqualTo(6);
        assertThat(file("out.crt")).hasContent("mine");
        assertThat(authorise("alice.crt", "--force", "--lifetime=1d").exitCode()).isZero();
    }

    private CommandRun authorise(String sender, String... more) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "parcel",
                                "authorise",
                                "--endpoint-key=" + file("bob.key"),
                                "--endpoint-cert=" + file("bob.crt"),
                                "--sender=" + file(sender),
                                "--out=" + file("out.crt")));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }
}
