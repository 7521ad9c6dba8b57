package dev.posthouse.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JavaProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir private Path directory;
    private final List<JavaProcess> started = new ArrayList<>();

    @AfterEach
    void killAll() {
        started.forEach(JavaProcess::kill);
    }

    @Test
    void handsOnArgumentsAsTheyAre() throws Exception {
        JavaProcess process = start("say", "a b", "#c", "\"d\"", "e\\f", "", "'g'", "ü");

        process.onExit().get(10, TimeUnit.SECONDS);

        assertThat(Files.readAllLines(log()))
                .containsExactly("a b", "#c", "\"d\"", "e\\f", "", "'g'", "ü");
    }

    @Test
    void tellsHowAProcessEndedAndWhatItPrintedLast() throws Exception {
        Files.writeString(log(), "from an earlier run\n");
        JavaProcess process = start("fail", "the port is taken");

        process.onExit().get(10, TimeUnit.SECONDS);

        assertThat(process.obituary())
                .contains("test ended with code 7", log().toString(), "    the port is taken")
                .doesNotContain("earlier");
    }

    @Test
    void killsAProcessThatDoesNotEndWhenAsked() {
        JavaProcess process = start("deaf");
        awaitLog("listening");

        process.stop(Duration.ofMillis(300));

        assertThat(process.alive()).isFalse();
    }

    @Test
    void isFoundAgainByItsArgumentFileAndNotByItsNumber() {
        JavaProcess process = start("wait");
        awaitLog("waiting");
        OwnProcesses ours = new OwnProcesses(OwnProcesses.startedFrom(directory));
        OwnProcesses others = new OwnProcesses(OwnProcesses.startedFrom(directory.resolve("x")));

        assertThat(ours.running()).extracting(ProcessHandle::pid).containsExactly(process.pid());
        assertThat(ours.runs(process.pid())).isTrue();
        assertThat(others.runs(process.pid())).isFalse();
        assertThat(ours.runs(ProcessHandle.current().pid())).isFalse();
    }

    @Test
    void stopsWhatIsOursWithoutHavingStartedIt() throws Exception {
        JavaProcess deaf = start("deaf");
        awaitLog("listening");

        new OwnProcesses(OwnProcesses.startedFrom(directory)).stop(Duration.ofMillis(300));

        deaf.onExit().get(1, TimeUnit.SECONDS);
    }

    @Test
    void keepsTheTerminalsSignalsFromAProcess() throws Exception {
        JavaProcess process = start("wait");
        awaitLog("waiting");

        String session =
                Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"))
                        .replaceFirst(".*\\) ", "")
                        .split(" ", -1)[3];

        assertThat(session).isEqualTo(String.valueOf(process.pid()));
    }

    private JavaProcess start(String... words) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName()));
        arguments.addAll(Arrays.asList(words));
        JavaProcess process =
                JavaProcess.start("test", arguments, directory.resolve("test.args"), log());
        started.add(process);
        return process;
    }

    private Path log() {
        return directory.resolve("test.log");
    }

    private void awaitLog(String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!read().contains(text) && System.nanoTime() < end) {
            Pause.of(Duration.ofMillis(20));
        }
        assertThat(read()).contains(text);
    }

    private String read() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
