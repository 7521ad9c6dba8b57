package dev.posthouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posthouse.local.suite.StateDirectory;
import dev.posthouse.testing.Loopback;
import dev.posthouse.testing.SmallDisk;
import dev.posthouse.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state directory on a file system that is really full; skipped where none can be mounted. */
final class FullDiskTest {

    private static final int MEGABYTES = 400;
    private static final String NO_SPACE = "no space left on the file system of ";

    @TempDir private Path home;

    private StateDirectory state;
    private Commands commands;
    private SmallDisk disk;

    @BeforeEach
    void mount() throws IOException {
        commands = new Commands(home);
        state = commands.state();
        Optional<SmallDisk> mounted = SmallDisk.mount(state.path(), MEGABYTES);
        assumeTrue(mounted.isPresent(), "a file system can be mounted");
        disk = mounted.orElseThrow();
    }

    @AfterEach
    void unmount() {
        if (disk != null) {
            state.stopProcesses();
            disk.close();
        }
    }

    @Test
    void isNamedBeforeAnythingStarts() throws Exception {
        disk.fill();

        Commands.Ended up = commands.run(Commands.up());

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.said())
                .contains("posthouse: " + NO_SPACE + state.path())
                .doesNotContain("\tat ");
        assertThat(commands.run("status").code()).isEqualTo(3);
        disk.makeRoom();
        assertThat(commands.run(Commands.up("--detach")).code()).isZero();
    }

    @Test
    void isNamedWhenPostgresStopsOfIt() throws Exception {
        int port = Loopback.freePort();
        Process up =
                commands.start(
                        Commands.upElsewhere(
                                "--set=postgres.port=" + port,
                                "--set=kafka.port=" + Loopback.freePort()));
        commands.awaitSaid("Ctrl-C stops it");

        disk.fill();
        exhaust(port);

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isEqualTo(1);
        assertThat(commands.said())
                .contains(NO_SPACE + state.path(), "No space left on device")
                .contains(state.postgresLog().toString())
                .doesNotContain("\tat ");
        assertThat(state.running()).isEmpty();
    }

    @Tag("soak")
    @Test
    void isNamedByStatus() throws Exception {
        int port = Loopback.freePort();
        Commands.Ended up =
                commands.run(
                        Commands.upElsewhere(
                                "--detach",
                                "--set=postgres.port=" + port,
                                "--set=kafka.port=" + Loopback.freePort()));
        assertThat(up.code()).as(up.said()).isZero();

        disk.fill();
        exhaust(port);
        Commands.Ended status = commands.run("status");
        // It first tries to recover.
        for (int i = 0; status.code() == 0 && i < 30; i++) {
            assertThat(status.said()).contains(NO_SPACE);
            status = commands.run("status");
        }

        assertThat(status.code()).isEqualTo(1);
        assertThat(status.said())
                .contains(NO_SPACE + state.path(), "No space left on device")
                .contains(state.postgresLog().toString())
                .doesNotContain("\tat ");
    }

    /** Has PostgreSQL begin new segments of its log, of 16 MB each, until it cannot. */
    private static void exhaust(int port) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/posthouse_ca?user=postgres";
        try (Connection connection = TestPostgres.connect(url);
                Statement statement = connection.createStatement()) {
            while (true) {
                statement.execute(
                        "select pg_logical_emit_message(false, 'x', 'y'), pg_switch_wal()");
            }
        } catch (SQLException stopped) {
            assertThat(stopped.getMessage()).isNotBlank();
        }
    }
}
