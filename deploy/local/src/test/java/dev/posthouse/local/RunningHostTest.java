package dev.posthouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.Status.Caller;
import dev.posthouse.local.Status.HealthState;
import dev.posthouse.local.Status.ServiceStatus;
import dev.posthouse.local.suite.StateDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class RunningHostTest {

    private static final String HOME = "posthouse.home";
    private static final int USAGE = 2;
    private static final int UNTRUSTED = 4;
    private static final int FILE = 6;

    @TempDir private Path home;

    private final StringWriter said = new StringWriter();
    private String before;

    @BeforeEach
    void beElsewhere() {
        before = System.getProperty(HOME, ".");
        System.setProperty(HOME, home.toString());
    }

    @AfterEach
    void comeBack() {
        System.setProperty(HOME, before);
    }

    @Test
    void applicationsAndOperatorsFindWhatRunsHere() {
        remember();

        assertThat(execute("ymp", "inbox")).isEqualTo(FILE);
        assertThat(said.toString()).contains("cannot read /s/application.crt");
        assertThat(execute("ymp", "peers")).isEqualTo(FILE);
        assertThat(said.toString()).contains("cannot read /s/operator.crt");
    }

    @Test
    void privateGatewaysFindTheRelayThatRunsHere() {
        remember();

        assertThat(execute("gateway", "params")).isEqualTo(UNTRUSTED);
        assertThat(said.toString()).contains("/s/services-ca.crt");
    }

    @Test
    void theirKeysAreTheirOwn() {
        remember();

        assertThat(execute("gateway", "register")).isEqualTo(USAGE);
        assertThat(said.toString()).contains("--key=FILE", "--cert=FILE");
    }

    @Test
    void whatIsSaidCounts() {
        remember();

        assertThat(execute("ymp", "inbox", "--cert=/s/mine.crt")).isEqualTo(FILE);
        assertThat(said.toString()).contains("cannot read /s/mine.crt");
    }

    @Test
    void withoutAnythingThatRunsTheHostHasToBeNamed() {
        assertThat(execute("ymp", "inbox")).isEqualTo(USAGE);
        assertThat(said.toString()).contains("--ymp=URL");
        assertThat(execute("gateway", "params")).isEqualTo(USAGE);
        assertThat(said.toString()).contains("--relay=URL");
    }

    private int execute(String... words) {
        CommandLine line = Launcher.commandLine();
        line.setErr(new PrintWriter(said, true));
        return line.execute(words);
    }

    private void remember() {
        StateDirectory state = new StateDirectory(home.resolve(".posthouse"));
        state.create();
        ServiceStatus service =
                new ServiceStatus("https://localhost:1", "http://m", HealthState.UP, 1, "/l");
        Status status =
                new Status(
                        Map.of("ymp", service, "relay", service),
                        "/s/services-ca.crt",
                        "/s/root.crt",
                        new Caller("/s/operator.crt", "/s/operator.key"),
                        new Caller("/s/application.crt", "/s/application.key"),
                        "postgresql://p",
                        "k:1");
        new Run(true, List.of(), status).write(state);
    }
}
