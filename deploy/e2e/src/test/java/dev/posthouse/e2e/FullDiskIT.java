package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posthouse.local.suite.Part;
import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The database's disk is full, under load: nothing is acknowledged that cannot be kept, and with
 * room again everything goes on. On a small file system in memory, which only root on Linux can
 * mount; elsewhere it is skipped.
 */
final class FullDiskIT {

    private static final int MEGABYTES = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration FULL = Duration.ofSeconds(Running.LONG ? 61 : 8);
    private static final int CLIENTS = 8;

    private Path directory;
    private Path data;

    @BeforeEach
    void mount() throws Exception {
        directory = Loopback.temporaryDirectory("full");
        data = Files.createDirectories(directory.resolve("postgres"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs") == 0,
                "a file system can be mounted");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount");
        Loopback.delete(directory);
    }

    @Test
    void losesNothing() throws Exception {
        try (Running suite = Running.apart(directory, List.of())) {
            try (Load load = Load.steady(CLIENTS, suite.device(), suite, PATIENCE)) {
                load.awaitEnded(CLIENTS);
                fill();
                Thread.sleep(FULL);
                assertThat(suite.processes().service(Service.PROXY).part().process().alive())
                        .isTrue();
                Files.delete(filler());
                revive(suite.processes().postgres());
                load.awaitEnded(load.ended() + CLIENTS);
                load.end();
                load.assertEachHasExactlyOneCertificate();
            }
        }
    }

    /** PostgreSQL ends when it cannot write its log, and its host with it. */
    private static void revive(Part postgres) throws InterruptedException {
        Thread.sleep(Duration.ofSeconds(3));
        postgres.start();
        postgres.awaitReady(Running.PATIENCE);
    }

    /** Until not one octet is left. */
    private void fill() throws IOException {
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    private Path filler() {
        return data.resolve("filler");
    }

    private int run(String... words) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(words));
        command.add(data.toString());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
