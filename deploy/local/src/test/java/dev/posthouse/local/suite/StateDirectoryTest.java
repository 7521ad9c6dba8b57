package dev.posthouse.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateDirectoryTest {

    @TempDir private Path parent;

    @Test
    void isForItsOwnerAlone() throws IOException {
        StateDirectory state = new StateDirectory(parent.resolve("state"));

        state.create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void forgetsWhatIsOursAndLeavesTheRest() throws IOException {
        StateDirectory state = new StateDirectory(parent);
        state.create();
        Files.writeString(parent.resolve("letter"), "keep");
        Files.createDirectories(state.postgres().resolve("data"));
        Files.createDirectories(state.pki());

        state.clear();

        assertThat(parent).isDirectoryContaining("glob:**letter");
        assertThat(state.postgres()).doesNotExist();
        assertThat(state.pki()).doesNotExist();
    }
}
