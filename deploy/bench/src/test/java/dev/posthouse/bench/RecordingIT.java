package dev.posthouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.bench.rig.Bed;
import dev.posthouse.local.Recording;
import dev.posthouse.local.suite.Training;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The start-up caches of what is packaged, recorded briefly: every start from here on takes a
 * third, those of the end-to-end tests.
 */
final class RecordingIT {

    @Test
    void leavesACacheForEveryService() {
        Path home = Path.of(System.getProperty("posthouse.home")).toAbsolutePath().normalize();
        // The suite's own processes run on what is packaged, as the launcher starts them.
        System.setProperty(
                "java.class.path",
                home.resolve("deploy/local/target/posthouse-local.jar").toString());

        new Recording(line -> {}, Training.Extent.BRIEF).run();

        assertThat(Bed.quick(home)).isTrue();
    }
}
