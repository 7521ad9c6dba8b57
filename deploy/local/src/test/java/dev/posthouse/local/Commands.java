package dev.posthouse.local;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Runs the commands as processes, in a repository whose services are all dummies. */
final class Commands {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PORTS =
            List.of(
                    "proxy.port",
                    "proxy.management-port",
                    "ca.port",
                    "ca.management-port",
                    "repository.port",
                    "repository.management-port",
                    "ymp.port",
                    "ymp.management-port",
                    "relay.port",
                    "relay.management-port");
    private static final List<String> OUR_SERVERS = List.of("postgres.port", "kafka.port");

    private final Path home;
    private final StateDirectory state;
    private int runs;

    /** A command that has ended. */
    record Ended(int code, String said) {}

    Commands(Path home) throws IOException {
        this.home = DummyService.packageInto(home);
        this.state = new StateDirectory(home.resolve(".posthouse"));
    }

    StateDirectory state() {
        return state;
    }

    /** The words of an up on free ports. */
    static String[] up(String... options) {
        List<String> words = new ArrayList<>(Arrays.asList(upElsewhere(options)));
        OUR_SERVERS.forEach(port -> words.add("--set=" + port + "=" + Loopback.freePort()));
        return words.toArray(String[]::new);
    }

    /** The same with somebody else's PostgreSQL and Kafka, which the options name. */
    static String[] upElsewhere(String... options) {
        List<String> words = new ArrayList<>(List.of("up"));
        PORTS.forEach(port -> words.add("--set=" + port + "=" + Loopback.freePort()));
        words.addAll(Arrays.asList(options));
        return words.toArray(String[]::new);
    }

    /** The same with servers that are there already, so that none are started. */
    static String[] upOnSharedServers(String... options) {
        List<String> words = new ArrayList<>(Arrays.asList(options));
        SharedServers.settings().forEach(setting -> words.add("--set=" + setting));
        return upElsewhere(words.toArray(String[]::new));
    }

    Ended run(String... words) throws Exception {
        Process process = start(words);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ended").isTrue();
        return new Ended(process.exitValue(), said());
    }

    Process start(String... words) throws IOException {
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

    private Path output() {
        return home.resolve("output-" + runs);
    }

    /** What the last one that was started has said so far. */
    String said() throws IOException {
        return Files.readString(output());
    }

    void awaitSaid(String text) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!said().contains(text) && System.nanoTime() < end) {
            Pause.of(Duration.ofMillis(50));
        }
        assertThat(said()).contains(text);
    }

    void kill(String argumentFile) {
        List<ProcessHandle> processes =
                state.processes().running().stream()
                        .filter(process ->
                                process.info().commandLine().orElse("").endsWith(argumentFile))
                        .toList();
        assertThat(processes).hasSize(1);
        processes.getFirst().destroyForcibly();
    }
}
