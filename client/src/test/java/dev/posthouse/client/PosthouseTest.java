package dev.posthouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.testing.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class PosthouseTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cert",
                "cert request",
                "cert renew",
                "cert inspect",
                "pki",
                "pki root",
                "ymp",
                "ymp send",
                "ymp inbox",
                "ymp peers",
                "ymp dead-letters",
                "gateway",
                "gateway register",
                "gateway params",
                "gateway endpoint",
                "parcel",
                "parcel authorise",
                "parcel send",
                "parcel post",
                "parcel collect",
                "parcel inspect"
            })
    void everyCommandHasHelp(String command) {
        CommandRun run = run((command + " --help").split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: posthouse " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cert request",
                "cert renew",
                "cert inspect",
                "ymp send",
                "ymp inbox",
                "gateway register",
                "gateway endpoint",
                "parcel send",
                "parcel collect"
            })
    void helpListsTheExitCodes(String command) {
        String help = run((command + " --help").split(" ")).out();

        for (int code : new int[] {0, 1, 2, 3, 4, 5, 6, 70}) {
            assertThat(help).containsPattern("(?m)^ *" + code + " +\\S");
        }
    }

    @Test
    void completionIsMadeForTheShell() {
        CommandRun run = run("generate-completion");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("posthouse Bash Completion", "--trust-anchor");
    }

    @Test
    void theVersionIsNamed() {
        assertThat(run("--version").out()).startsWith("posthouse ");
    }

    @Test
    void noCommandAtAllIsAWrongCommandLine() {
        CommandRun run = run();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Usage: posthouse");
        assertThat(run("cert").exitCode()).isEqualTo(2);
        assertThat(run("pki").exitCode()).isEqualTo(2);
        assertThat(run("ymp").exitCode()).isEqualTo(2);
        assertThat(run("gateway").exitCode()).isEqualTo(2);
        assertThat(run("parcel").exitCode()).isEqualTo(2);
    }

    @Test
    void aLauncherAddsItsOwnCommandsAndAFaultOfOursEndsWithSeventy() {
        var line = Posthouse.commandLine().addSubcommand(new Broken());
        line.setExecutionExceptionHandler(line.getExecutionExceptionHandler());

        CommandRun run = CommandRun.of(line, "broken");

        assertThat(run.exitCode()).isEqualTo(70);
        assertThat(run.err()).contains("internal error", "IllegalStateException");
    }

    @Command(name = "broken")
    static final class Broken implements Runnable {

        @Override
        public void run() {
            throw new IllegalStateException("a bug");
        }
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(Posthouse.commandLine(), (Object[]) arguments);
    }
}
