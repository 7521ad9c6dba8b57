package dev.posthouse.local;

import dev.posthouse.local.process.LocalFailure;
import dev.posthouse.local.suite.StateDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Held by the launcher that starts, or stays with, the suite of a state directory. The operating
 * system lets go of it when that process ends, however it ends.
 */
final class StateLock implements AutoCloseable {

    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, if nobody holds it. */
    static Optional<StateLock> take(StateDirectory state) {
        state.create();
        Optional<StateLock> lock = open(state, StandardOpenOption.CREATE);
        lock.ifPresent(StateLock::sign);
        return lock;
    }

    /**
     * The launcher that holds it; not to be asked by itself, whom closing the file would cost it.
     */
    static Optional<ProcessHandle> holder(StateDirectory state) {
        if (Files.notExists(file(state))) {
            return Optional.empty();
        }
        Optional<StateLock> free = open(state);
        free.ifPresent(StateLock::close);
        return free.isPresent() ? Optional.empty() : ProcessHandle.of(signature(state));
    }

    private static Optional<StateLock> open(StateDirectory state, StandardOpenOption... further) {
        Set<StandardOpenOption> options = new HashSet<>(Set.of(further));
        options.add(StandardOpenOption.WRITE);
        try {
            FileChannel channel = FileChannel.open(file(state), options);
            if (tryLock(channel)) {
                return Optional.of(new StateLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new LocalFailure("cannot use " + file(state), e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisJvm) {
            return false;
        }
    }

    private void sign() {
        byte[] pid = String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
        try {
            channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
        } catch (IOException e) {
            throw new LocalFailure("cannot write the lock file", e);
        }
    }

    private static long signature(StateDirectory state) {
        try {
            String pid = Files.readString(file(state)).strip();
            return pid.isEmpty() ? 0 : Long.parseLong(pid);
        } catch (IOException | NumberFormatException e) {
            throw new LocalFailure("cannot read " + file(state), e);
        }
    }

    private static Path file(StateDirectory state) {
        return state.path().resolve("lock");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LocalFailure("cannot let go of the lock file", e);
        }
    }
}
