package dev.posthouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthouse.local.Status.HealthState;
import dev.posthouse.local.process.JavaProcess;
import dev.posthouse.local.process.Pause;
import dev.posthouse.local.suite.DummyService;
import dev.posthouse.local.suite.StateDirectory;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as their user meets them: processes, exit codes and what they print. */
final class LauncherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PORTS =
            List.of(
                    "proxy.port",
                    "proxy.management-port",
                    "ca.port",
                    "ca.management-port",
                    "repository.port",
                    "repository.management-port",
                    "postgres.port",
                    "kafka.port");

    /** One for all tests: keys and data are made once. */
    @TempDir private static Path home;

    private static StateDirectory state;
    private static int runs;

    /** A command that has ended. */
    private record Ended(int code, String said) {}

    @BeforeAll
    static void packageServices() throws IOException {
        DummyService.packageInto(home);
        state = new StateDirectory(home.resolve(".posthouse"));
    }

    @AfterEach
    void leaveNothingBehind() {
        state.stopProcesses();
    }

    @Test
    void runsDetachedUntilItIsToldToStop() throws Exception {
        Ended up = run(up("--detach"));
        assertThat(up.code()).isZero();
        assertThat(up.said())
                .containsPattern("proxy +https://localhost:[0-9]+ +UP")
                .contains("curl ");

        Ended again = run(up("--detach"));
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.said()).contains("runs already").doesNotContain("\tat ");

        Ended status = run("status", "--json");
        assertThat(status.code()).isZero();
        Status all = new JsonMapper().readValue(status.said(), Status.class);
        assertThat(all.services()).containsOnlyKeys("proxy", "ca", "repository");

        ProcessHandle.of(all.services().get("ca").pid()).orElseThrow().destroyForcibly();
        Ended broken = run("status", "--json");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(new JsonMapper().readValue(broken.said(), Status.class).services().get("ca"))
                .extracting(Status.ServiceStatus::health)
                .isEqualTo(HealthState.STOPPED);

        assertThat(run("down").code()).isZero();
        assertThat(state.processes().running()).isEmpty();
        assertThat(run("status").code()).isEqualTo(3);
        assertThat(run("down").said()).contains("Nothing runs");
    }

    @Test
    void endsWhenAChildIsKilledAndSaysWhich() throws Exception {
        Process up = start(up());
        awaitSaid("Ctrl-C stops it");

        kill("proxy.args");

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(1);
        assertThat(said())
                .contains("proxy ended with code 137", state.logs().resolve("proxy.log") + "");
        assertThat(state.processes().running()).isEmpty();
    }

    @Test
    void takesItsChildrenWithItAndKeepsTheirState() throws Exception {
        Process up = start(up());
        awaitSaid("Ctrl-C stops it");
        String root = Files.readString(state.pki().resolve("root.crt"));

        up.destroy();

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said()).doesNotContain("\tat ");
        assertThat(state.processes().running()).isEmpty();
        assertThat(state.pki().resolve("root.crt")).hasContent(root);
        assertThat(run(up("--detach", "--fresh")).code()).isZero();
        assertThat(Files.readString(state.pki().resolve("root.crt"))).isNotEqualTo(root);
    }

    @Test
    void stopsWhatAKilledLauncherLeftBehind() throws Exception {
        Process up = start(up());
        awaitSaid("Ctrl-C stops it");
        up.destroyForcibly().waitFor();
        assertThat(state.processes().running()).hasSize(5);
        kill("infrastructure.args");

        Ended next = run(up("--detach"));

        assertThat(next.said()).contains("Stopping what an earlier run left behind.");
        assertThat(next.code()).isZero();
        assertThat(state.processes().running()).hasSize(5);
    }

    @Test
    void explainsAWrongSettingAndAServiceThatDoesNotStart() throws Exception {
        Ended wrong = run("up", "--set=relay.mode=x");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.said()).contains("the services are proxy, ca, repository");

        Ended failing = run(up("--detach", "--set=repository.dummy.fails=yes"));
        assertThat(failing.code()).isEqualTo(1);
        assertThat(failing.said()).contains("repository ended with code 3", "dummy.fails is set");
        assertThat(state.processes().running()).isEmpty();
    }

    private static String[] up(String... options) {
        List<String> words = new ArrayList<>(List.of("up"));
        PORTS.forEach(port -> words.add("--set=" + port + "=" + Loopback.freePort()));
        words.addAll(Arrays.asList(options));
        return words.toArray(String[]::new);
    }

    private static Ended run(String... words) throws Exception {
        Process process = start(words);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ended").isTrue();
        return new Ended(process.exitValue(), said());
    }

    private static Process start(String... words) throws IOException {
        runs++;
        List<String> command =
                new ArrayList<>(
                        List.of(
                                JavaProcess.java().toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dposthouse.home=" + home,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Launcher.class.getName()));
        command.addAll(Arrays.asList(words));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output().toFile()))
                .start();
    }

    private static Path output() {
        return home.resolve("output-" + runs);
    }

    private static String said() throws IOException {
        return Files.readString(output());
    }

    private static void awaitSaid(String text) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!said().contains(text) && System.nanoTime() < end) {
            Pause.of(Duration.ofMillis(50));
        }
        assertThat(said()).contains(text);
    }

    private static void kill(String argumentFile) {
        List<ProcessHandle> processes =
                state.processes().running().stream()
                        .filter(process ->
                                process.info().commandLine().orElse("").endsWith(argumentFile))
                        .toList();
        assertThat(processes).hasSize(1);
        processes.getFirst().destroyForcibly();
    }
}
