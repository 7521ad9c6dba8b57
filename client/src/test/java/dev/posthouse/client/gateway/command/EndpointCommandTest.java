package dev.posthouse.client.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.node.NodeFiles;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.RelayTest;
import dev.posthouse.common.node.NodeRole;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class EndpointCommandTest extends RelayTest {

    @Test
    void makesAnEndpointBelowItsGateway() throws IOException {
        register();

        CommandRun run = endpoint("bob", "--lifetime=30d", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        NodeIdentity gateway = NodeFiles.read(file("gw.key"), file("gw.crt"));
        NodeIdentity bob = NodeFiles.read(file("bob.key"), file("bob.crt"));
        assertThat(bob.chain()).hasSize(3).containsAll(gateway.chain());
        assertThat(bob.certificate().isSignedBy(gateway.certificate())).isTrue();
        assertThat(NodeRole.ENDPOINT.isHeldBy(bob.certificate())).isTrue();
        assertThat(bob.certificate().notAfter())
                .isEqualTo(
                        time.instant().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS));
        assertThat(mode(file("bob.key"))).isEqualTo("rw-------");
        assertThat(run.out()).contains("\"id\" : \"" + bob.id() + "\"");
    }

    @Test
    void givesTheSameEndpointANewCertificate() {
        keepKeys();
        register();
        endpoint("bob");
        NodeIdentity before = NodeFiles.read(file("bob.key"), file("bob.crt"));

        assertThat(endpoint("bob").exitCode()).isEqualTo(6);
        assertThat(endpoint("bob", "--force").exitCode()).isZero();

        NodeIdentity after = NodeFiles.read(file("bob.key"), file("bob.crt"));
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.certificate()).isNotEqualTo(before.certificate());
    }

    @Test
    void makesAnEndpointOnTheInternet() {
        CommandRun run = endpoint("server", "--self-issued");

        NodeIdentity server = NodeFiles.read(file("server.key"), file("server.crt"));
        assertThat(run.exitCode()).isZero();
        assertThat(server.chain()).hasSize(1);
        assertThat(server.certificate().isSignedBy(server.certificate())).isTrue();
    }

    @Test
    void somebodyVouchesForIt() {
        CommandRun neither =
                run("gateway", "endpoint", "--key=" + file("a.key"), "--cert=" + file("a.crt"));

        assertThat(neither.exitCode()).isEqualTo(2);
        assertThat(endpoint("a", "--self-issued", "--lifetime=181d").exitCode()).isEqualTo(2);
        assertThat(endpoint("a").exitCode()).isEqualTo(6);
        assertThat(file("a.key")).doesNotExist();
    }
}
