package dev.posthouse.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {

    private static final Duration SHORT = Duration.ofMillis(250);

    @Test
    void aLogHearsOnceWhyAndHowLong() throws Exception {
        StringWriter err = new StringWriter();
        long start = System.nanoTime();

        new SpokenPause(new PrintWriter(err)).during(SHORT, "the certificate is being made");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
        assertThat(err.toString().strip())
                .matches("posthouse: the certificate is being made; waiting 0.[23] s");
    }

    @Test
    void aPersonSeesABar() throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        long start = System.nanoTime();

        new BarPause(new PrintStream(err, true, StandardCharsets.UTF_8))
                .during(SHORT, "the certificate is being made");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("the certificate is being made", "100%");
    }

    @Test
    void quietIsQuiet() throws Exception {
        StringWriter err = new StringWriter();
        PrintWriter writer = new PrintWriter(err, true);

        Time.real().pauses().choose(true, writer).during(Duration.ofMillis(1), "why");
        assertThat(err.toString()).isEmpty();
        assertThat(Time.real().pauses().choose(false, writer)).isNotNull();
    }

    @Test
    void aTerminalIsKnownByItsDevice() {
        assertThat(Terminal.leadsToTerminal("/dev/pts/3")).isTrue();
        assertThat(Terminal.leadsToTerminal("/dev/tty1")).isTrue();
        assertThat(Terminal.leadsToTerminal("/dev/null")).isFalse();
        assertThat(Terminal.leadsToTerminal("pipe:[123]")).isFalse();
    }
}
