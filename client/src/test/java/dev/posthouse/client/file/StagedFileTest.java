package dev.posthouse.client.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.client.failure.ClientException.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedFileTest {

    @TempDir Path directory;

    @Test
    void theTargetKeepsItsContentUntilTheCommit() throws IOException {
        Path target = Files.writeString(directory.resolve("a"), "old");

        try (StagedFile file = StagedFile.stage(target, "new".getBytes(UTF_8), Readers.OWNER)) {
            assertThat(target).hasContent("old");
            file.commit();
        }

        assertThat(target).hasContent("new");
        assertThat(names()).containsExactly("a");
    }

    @Test
    void withoutACommitNothingIsLeft() throws IOException {
        try (StagedFile file =
                StagedFile.stage(directory.resolve("a"), new byte[9], Readers.OWNER)) {
            assertThat(file).isNotNull();
            assertThat(names()).hasSize(1).noneMatch("a"::equals);
        }

        assertThat(names()).isEmpty();
    }

    @Test
    void whatACrashLeftIsReplaced() throws IOException {
        Path left = Files.writeString(directory.resolve(".a.new"), "half");

        StagedFile.write(directory.resolve("a"), "new".getBytes(UTF_8), Readers.OWNER);

        assertThat(left).doesNotExist();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void whatIsStagedIsForItsOwnerAlone() throws IOException {
        try (StagedFile file =
                StagedFile.stage(directory.resolve("a"), new byte[9], Readers.OWNER)) {
            assertThat(file).isNotNull();
            Path staged = directory.resolve(names().getFirst());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(staged)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aKeyThatReplacesAnOpenFileIsClosedToOthers() throws IOException {
        Path target = Files.writeString(directory.resolve("a"), "old");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw-rw-"));

        StagedFile.write(target, new byte[] {1}, Readers.OWNER);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
    }

    @Test
    void aCommitThatFailsNamesTheFile() throws IOException {
        Path target = directory.resolve("sub/a");
        Files.createDirectories(target.getParent());
        try (StagedFile file = StagedFile.stage(target, new byte[9], Readers.EVERYBODY)) {
            Files.createDirectories(target.resolve("in-the-way"));

            assertThatThrownBy(file::commit)
                    .isInstanceOf(FileProblem.class)
                    .hasMessageContaining("cannot write " + target);
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        Path target = directory.resolve("none/a");

        assertThatThrownBy(() -> StagedFile.write(target, new byte[9], Readers.OWNER))
                .isInstanceOf(FileProblem.class)
                .hasMessageContaining("none");
    }

    private java.util.List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
