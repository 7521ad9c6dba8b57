package dev.posthouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthouse.local.Status.ServiceStatus;
import dev.posthouse.local.process.LogFile;
import dev.posthouse.local.process.Pause;
import dev.posthouse.local.suite.StateDirectory;
import dev.posthouse.testing.EmbeddedPostgresServer;
import dev.posthouse.testing.Loopback;
import dev.posthouse.testing.TestKafka;
import dev.posthouse.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the commands' options do, as their user meets it. */
@Tag("soak")
final class LauncherOptionsTest {

    @TempDir private static Path home;

    private static Commands commands;
    private static StateDirectory state;

    @BeforeAll
    static void packageServices() throws IOException {
        commands = new Commands(home);
        state = commands.state();
    }

    @AfterEach
    void leaveNothingBehind() {
        state.stopProcesses();
    }

    @Test
    void takesSettingsReplicasAndPartiesFromAFile() throws Exception {
        int port = Loopback.freePort();
        Path config =
                Files.writeString(
                        home.resolve("suite.properties"),
                        """
                        replicas.ca=2
                        instance.west=repository
                        ca-2.port=%d
                        proxy.mode=wan
                        west.hold=3s
                        """
                                .formatted(port));
        String[] up =
                Commands.upOnSharedServers(
                        "--detach", "--config=" + config, "--set=proxy.mode=lan");

        Commands.Ended started = commands.run(up);

        assertThat(started.code()).as(started.said()).isZero();
        assertThat(started.said()).containsPattern("ca-2 +https://localhost:" + port + " +UP");
        Status status = status();
        assertThat(status.services().keySet())
                .containsExactly("proxy", "ca", "ca-2", "repository", "west", "ymp", "relay");
        assertThat(log("proxy")).contains("proxy.mode=lan");
        assertThat(log("west")).contains("repository.hold=3s");

        ServiceStatus second = status.services().get("ca-2");
        assertThat(commands.run("logs", "ca-2").said()).contains("ca.issuer.passphrase-file=");
        assertThat(commands.run("down").code()).isZero();
        assertThat(state.running()).isEmpty();
        assertThat(commands.run(up).code()).isZero();
        assertThat(status().services().get("ca-2").url()).isEqualTo(second.url());
    }

    @Test
    void takesReplicasAndPartiesFromOptionsAndRefusesWrongOnes() throws Exception {
        Commands.Ended wrong = commands.run("up", "--replicas=ferry=2");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.said()).contains("--replicas ferry=2: no service is called 'ferry'");
        assertThat(commands.run("up", "--instance=west").said())
                .contains("--instance wants <name>=<value>, not 'west'");
        Path config = Files.writeString(home.resolve("wrong.properties"), "\nproxy mode\n");
        assertThat(commands.run("demo", "--config=" + config).said()).contains(config + ", line 2");

        Commands.Ended up =
                commands.run(
                        Commands.upOnSharedServers(
                                "--detach", "--replicas=proxy=2", "--instance=west=ca"));
        assertThat(up.code()).as(up.said()).isZero();
        assertThat(status().services().keySet())
                .containsExactly("proxy", "proxy-2", "ca", "west", "repository", "ymp", "relay");
    }

    @Test
    void usesSomebodyElsesServersAndLeavesThemAlone() throws Exception {
        EmbeddedPostgresServer server =
                EmbeddedPostgresServer.start(EmbeddedPostgresServer.Options.forTests());
        try {
            String url = server.jdbcUrl("").replaceFirst("[?].*", "");
            String hosts = url.replaceFirst("^jdbc:postgresql://([^/]+)/", "$1");
            String[] up =
                    Commands.upElsewhere(
                            "--detach",
                            "--fresh",
                            "--set=postgres.url=" + url,
                            "--set=kafka.bootstrap-servers=" + TestKafka.bootstrapServers());

            Commands.Ended started = commands.run(up);

            assertThat(started.code()).as(started.said()).isZero();
            assertThat(started.said())
                    .contains("PostgreSQL at " + hosts + " keeps its data", "Kafka at ");
            assertThat(state.running())
                    .containsExactly("ca", "proxy", "relay", "repository", "ymp");
            assertThat(status().database()).isEqualTo("postgresql://postgres@" + hosts);
            assertThat(status().kafka()).isEqualTo(TestKafka.bootstrapServers());
            assertThat(commands.run("down").said())
                    .contains("PostgreSQL at " + hosts + " runs on with its data");
            TestPostgres.connect(server.jdbcUrl("posthouse_proxy")).close();

            assertThat(commands.run(up).code()).isZero();
            server.stop();
            Commands.Ended status = commands.run("status");
            assertThat(status.code()).isEqualTo(1);
            assertThat(status.said()).contains("PostgreSQL at postgresql://postgres@" + hosts);
        } finally {
            server.close();
        }
    }

    @Test
    @Timeout(60)
    void saysWithinSecondsThatAServerCannotBeReached() throws Exception {
        int nobody = Loopback.freePort();
        Commands.Ended database =
                commands.run(
                        Commands.upElsewhere(
                                "--set=postgres.url=jdbc:postgresql://127.0.0.1:" + nobody,
                                "--set=kafka.port=" + Loopback.freePort()));
        assertThat(database.code()).isEqualTo(1);
        assertThat(database.said())
                .contains("PostgreSQL at 127.0.0.1:" + nobody + " cannot be reached")
                .doesNotContain("\tat ");

        Commands.Ended kafka =
                commands.run(Commands.up("--set=kafka.bootstrap-servers=127.0.0.1:" + nobody));
        assertThat(kafka.code()).as("a port of none is refused").isEqualTo(2);
        kafka =
                commands.run(
                        Commands.upElsewhere(
                                "--set=kafka.bootstrap-servers=127.0.0.1:" + nobody,
                                "--set=postgres.port=" + Loopback.freePort()));
        assertThat(kafka.code()).isEqualTo(1);
        assertThat(kafka.said())
                .contains("Kafka at 127.0.0.1:" + nobody + " cannot be reached")
                .doesNotContain("\tat ", "WARN");
    }

    @Test
    void printsAndFollowsLogs() throws Exception {
        assertThat(commands.run(Commands.up("--detach")).code()).isZero();

        Commands.Ended unknown = commands.run("logs", "ferry");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.said())
                .contains("there is no log of 'ferry'; there are those of", "ca, ");
        assertThat(commands.run("logs", "postgres", "-n", "1").said().lines()).hasSize(1);
        assertThat(commands.run("logs", "kafka").code()).isZero();
        assertThat(commands.run("logs", "ca").said()).isEqualTo(log("ca"));

        Process follow = commands.start("logs", "-f", "-n", "0", "ca");
        try {
            Path log = state.logs().resolve("ca.log");
            for (int i = 0; !commands.said().contains("one more") && i < 300; i++) {
                Files.writeString(log, "one more\n", StandardOpenOption.APPEND);
                Pause.of(Duration.ofMillis(100));
            }
            Files.writeString(log, "begun anew\n");
            commands.awaitSaid("one more\nbegun anew\n");
        } finally {
            follow.destroy();
        }
        assertThat(follow.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static Status status() throws Exception {
        return new JsonMapper().readValue(commands.run("status", "--json").said(), Status.class);
    }

    private static String log(String name) throws IOException {
        return String.join("\n", new LogFile(state.logs().resolve(name + ".log")).linesFrom(0))
                + "\n";
    }
}
