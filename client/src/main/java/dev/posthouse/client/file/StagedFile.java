package dev.posthouse.client.file;

import dev.posthouse.client.failure.ClientException.FileProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file's new content, complete on disk beside its target and not yet in its place.
 *
 * <p>{@link #commit} renames it over the target; closing without a commit leaves no trace. Staging
 * several files before committing the first keeps the moment short in which they do not match.
 */
public final class StagedFile implements AutoCloseable {

    private final Path target;
    private final Path staged;

    private StagedFile(Path target, Path staged) {
        this.target = target;
        this.staged = staged;
    }

    /** Writes one file, whole or not at all. */
    public static void write(Path target, byte[] content, Readers readers) {
        try (StagedFile file = stage(target, content, readers)) {
            file.commit();
        }
    }

    /** Writes the content to the disk, beside the target. */
    public static StagedFile stage(Path target, byte[] content, Readers readers) {
        try {
            Path place = followed(target);
            if (Files.isDirectory(place)) {
                throw new FileProblem(target + " is a directory");
            }
            Path staged = newFileBeside(place);
            StagedFile file = new StagedFile(place, staged);
            try {
                file.fill(content, readers);
                return file;
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new FileProblem("cannot write " + target + ": " + Reason.of(e), e);
        }
    }

    /** Puts the content in its place. */
    public void commit() {
        try {
            Files.move(
                    staged,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            force(target.getParent());
        } catch (IOException e) {
            throw new FileProblem("cannot write " + target + ": " + Reason.of(e), e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(staged);
        } catch (IOException e) {
            throw new FileProblem("cannot remove " + staged + ": " + Reason.of(e), e);
        }
    }

    private void fill(byte[] content, Readers readers) throws IOException {
        try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (isPosix(staged)) {
            Files.setPosixFilePermissions(staged, readers.permissions());
        }
    }

    /** Always the same name, so that a crash leaves one such file at most, until the next run. */
    private static Path newFileBeside(Path target) throws IOException {
        Path staged = target.resolveSibling("." + target.getFileName() + ".new");
        Files.deleteIfExists(staged);
        return isPosix(target.getParent())
                ? Files.createFile(staged, Readers.atBirth())
                : Files.createFile(staged);
    }

    /** A link stays a link: what it points at is replaced. */
    private static Path followed(Path target) throws IOException {
        return Files.isSymbolicLink(target) && Files.exists(target)
                ? target.toRealPath()
                : target.toAbsolutePath().normalize();
    }

    /** A rename is durable when its directory is; file systems that cannot do this are let be. */
    private static void force(Path directory) throws IOException {
        if (isPosix(directory)) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
