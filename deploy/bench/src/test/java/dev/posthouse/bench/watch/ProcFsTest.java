package dev.posthouse.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class ProcFsTest {

    private static final long MIB = 1024 * 1024;

    @Test
    void readsTheMemoryAndTheProcessorTimeOfAProcess() {
        ProcessHandle self = ProcessHandle.current();

        assertThat(ProcFs.pss(self.pid())).isBetween(20 * MIB, 16_000 * MIB);
        assertThat(ProcFs.processorTime(self)).isGreaterThan(Duration.ofMillis(100));
    }

    @Test
    void knowsNothingOfAProcessThatIsGone() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();

        assertThat(ProcFs.pss(gone.pid())).isZero();
    }
}
