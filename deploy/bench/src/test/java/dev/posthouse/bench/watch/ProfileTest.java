package dev.posthouse.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfileTest {

    @TempDir private Path directory;

    @Test
    void saysWhatRunsWhatIsAllocatedAndWhatIsWaitedFor() throws Exception {
        Path file = directory.resolve("own.jfr");
        Instant begin = Instant.now();
        try (Recording recording = new Recording()) {
            recording.enable("jdk.CPUTimeSample").with("throttle", "5ms");
            recording.enable("jdk.ObjectAllocationSample").with("throttle", "1000/s");
            recording.enable("jdk.JavaMonitorEnter").withThreshold(Duration.ofMillis(1));
            recording.start();
            work();
            waitForALock();
            recording.stop();
            recording.dump(file);
        }

        assertThat(Profile.read(file, List.of(new Window(begin, Instant.now()))).markdown("own"))
                .contains("### Profile: own")
                .contains("dev.posthouse.bench.watch.ProfileTest.work")
                .contains("| `[B` |")
                .contains("ProfileTest$Lock, for");
    }

    @Test
    void leavesOutWhatWasNotWhileLoadWasOn() throws Exception {
        Path file = directory.resolve("own.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.CPUTimeSample").with("throttle", "5ms");
            recording.start();
            work();
            recording.stop();
            recording.dump(file);
        }

        assertThat(Profile.read(file, List.of()).markdown("own"))
                .contains("0 samples")
                .doesNotContain("ProfileTest");
    }

    /** What is waited for. */
    private static final class Lock {}

    private static void work() throws Exception {
        long end = System.nanoTime() + Duration.ofMillis(700).toNanos();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        while (System.nanoTime() < end) {
            assertThat(digest.digest(new byte[4096])).hasSize(32);
        }
    }

    private static void waitForALock() throws InterruptedException {
        Object lock = new Lock();
        Thread other = new Thread(() -> wanted(lock));
        synchronized (lock) {
            other.start();
            Thread.sleep(50);
        }
        other.join();
    }

    private static void wanted(Object lock) {
        synchronized (lock) {
            assertThat(lock).isNotNull();
        }
    }
}
