package dev.posthouse.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SmallDiskTest {

    @TempDir private Path directory;

    @Test
    void isFullUntilThereIsRoomAgain() throws IOException {
        Optional<SmallDisk> mounted = SmallDisk.mount(directory.resolve("disk"), 1);
        assumeTrue(mounted.isPresent(), "a file system can be mounted");
        Path file = directory.resolve("disk/file");

        try (SmallDisk disk = mounted.orElseThrow()) {
            disk.fill();
            assertThatThrownBy(() -> Files.writeString(file, "x"))
                    .hasMessageContaining("No space left on device");

            disk.makeRoom();
            Files.writeString(file, "x");
        }

        assertThat(file).doesNotExist();
    }
}
