package dev.posthouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthouse.local.Status.HealthState;
import dev.posthouse.local.suite.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as their user meets them: processes, exit codes and what they print. */
final class LauncherTest {

    /** One for all tests: keys and data are made once. */
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
    void runsDetachedUntilItIsToldToStop() throws Exception {
        Commands.Ended up = commands.run(Commands.up("--detach"));
        assertThat(up.code()).isZero();
        assertThat(up.said())
                .containsPattern("proxy +https://localhost:[0-9]+ +UP")
                .contains("curl ");

        Commands.Ended again = commands.run(Commands.up("--detach"));
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.said()).contains("runs already").doesNotContain("\tat ");

        Commands.Ended status = commands.run("status", "--json");
        assertThat(status.code()).isZero();
        Status all = new JsonMapper().readValue(status.said(), Status.class);
        assertThat(all.services()).containsOnlyKeys("proxy", "ca", "repository", "ymp", "relay");

        ProcessHandle.of(all.services().get("ca").pid()).orElseThrow().destroyForcibly();
        Commands.Ended broken = commands.run("status", "--json");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(new JsonMapper().readValue(broken.said(), Status.class).services().get("ca"))
                .extracting(Status.ServiceStatus::health)
                .isEqualTo(HealthState.STOPPED);

        assertThat(commands.run("down").code()).isZero();
        assertThat(state.processes().running()).isEmpty();
        assertThat(commands.run("status").code()).isEqualTo(3);
        assertThat(commands.run("down").said()).contains("Nothing runs");
    }

    @Test
    void endsWhenAChildIsKilledAndSaysWhich() throws Exception {
        Process up = commands.start(Commands.upOnSharedServers());
        commands.awaitSaid("Ctrl-C stops it");

        commands.kill("proxy.args");

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(1);
        assertThat(commands.said())
                .contains("proxy ended with code 137", state.logs().resolve("proxy.log") + "");
        assertThat(state.processes().running()).isEmpty();
    }

    @Test
    void takesItsChildrenWithItAndKeepsTheirState() throws Exception {
        Process up = commands.start(Commands.upOnSharedServers());
        commands.awaitSaid("Ctrl-C stops it");
        String root = Files.readString(state.pki().resolve("root.crt"));

        up.destroy();

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(commands.said()).doesNotContain("\tat ");
        assertThat(state.processes().running()).isEmpty();
        assertThat(state.pki().resolve("root.crt")).hasContent(root);
        assertThat(commands.run(Commands.upOnSharedServers("--detach", "--fresh")).code()).isZero();
        assertThat(Files.readString(state.pki().resolve("root.crt"))).isNotEqualTo(root);
    }

    @Test
    void stopsWhatAKilledLauncherLeftBehind() throws Exception {
        Process up = commands.start(Commands.up());
        commands.awaitSaid("Ctrl-C stops it");
        up.destroyForcibly().waitFor();
        assertThat(state.running())
                .containsExactly(
                        "ca", "infrastructure", "postgres", "proxy", "relay", "repository", "ymp");
        Commands.Ended status = commands.run("status");
        assertThat(status.said())
                .contains("was killed and has left these running: ca, infrastructure, postgres");
        commands.kill("infrastructure.args");

        Commands.Ended next = commands.run(Commands.up("--detach"));

        assertThat(next.said())
                .contains(
                        "was killed and has left these running: ca, postgres, proxy, relay, repository, ymp")
                .contains("Stopping what an earlier run left behind.");
        assertThat(next.code()).isZero();
        assertThat(state.running()).hasSize(7);
        assertThat(commands.run("status").said()).doesNotContain("killed");
        assertThat(commands.run("down").said()).doesNotContain("killed");
    }

    @Test
    void saysThatItIsStartingAndWhatALauncherLeftThatWasKilledMeanwhile() throws Exception {
        Process up = commands.start(Commands.up("--set=ca.dummy.never=yes"));
        commands.awaitSaid("proxy           ready");
        assertThat(commands.run("status").said()).contains("It is starting");

        up.destroyForcibly().waitFor();

        Commands.Ended status = commands.run("status");
        assertThat(status.code()).isEqualTo(1);
        assertThat(status.said()).contains("was killed and has left these running: ca, inf");
        assertThat(commands.run("down").said())
                .contains("was killed and has left these running", "Stopped.");
        assertThat(state.running()).isEmpty();
    }

    /** PostgreSQL is no child of the launcher's, and its host does not fall over with it. */
    @Test
    void endsWhenPostgresIsGoneAndSaysSo() throws Exception {
        Process up = commands.start(Commands.up());
        commands.awaitSaid("Ctrl-C stops it");
        ProcessHandle database =
                state.processes().running().stream()
                        .filter(process ->
                                process.info()
                                        .commandLine()
                                        .orElse("")
                                        .contains(state.path().resolve("postgres/data") + ""))
                        .findFirst()
                        .orElseThrow();

        database.destroyForcibly();

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(1);
        assertThat(commands.said()).contains("PostgreSQL stopped", "server.log");
        assertThat(state.running()).isEmpty();
    }

    @Test
    void explainsAWrongSettingAndAServiceThatDoesNotStart() throws Exception {
        Commands.Ended wrong = commands.run("up", "--set=ferry.mode=x");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.said()).contains("the services are proxy, ca, repository, ymp, relay");

        Commands.Ended failing =
                commands.run(
                        Commands.upOnSharedServers("--detach", "--set=repository.dummy.fails=yes"));
        assertThat(failing.code()).isEqualTo(1);
        assertThat(failing.said())
                .contains("repository ended with code 3: ERROR dummy.fails is set")
                .doesNotContain("ended with code 143");
        assertThat(state.processes().running()).isEmpty();
    }
}
