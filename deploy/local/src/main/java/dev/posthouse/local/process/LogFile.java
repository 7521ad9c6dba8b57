package dev.posthouse.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * A log that others write to. It may be cut, replaced or missing at any time.
 *
 * @param path its name
 */
public record LogFile(Path path) {

    private static final Duration STEP = Duration.ofMillis(200);
    private static final int BLOCK = 8_192;

    /** The lines from this octet on; none if there is no such file. */
    public List<String> linesFrom(long start) throws IOException {
        if (Files.notExists(path)) {
            return List.of();
        }
        try (var input = Files.newInputStream(path)) {
            input.skipNBytes(Math.min(start, Files.size(path)));
            return new String(input.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** The last lines, however long the file is. */
    public List<String> lastLines(int count) throws IOException {
        return linesFrom(startOfLast(count));
    }

    /** Where the last lines begin. */
    public long startOfLast(int count) throws IOException {
        if (Files.notExists(path)) {
            return 0;
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] block = new byte[BLOCK];
            // The end of the last line is not the start of one more.
            long end = Math.max(0, file.length() - 1);
            int left = count;
            while (end > 0) {
                long begin = Math.max(0, end - BLOCK);
                int length = (int) (end - begin);
                file.seek(begin);
                file.readFully(block, 0, length);
                for (int i = length - 1; i >= 0; i--) {
                    if (block[i] == '\n' && --left <= 0) {
                        return count == 0 ? file.length() : begin + i + 1;
                    }
                }
                end = begin;
            }
            return count == 0 ? file.length() : 0;
        }
    }

    /** Copies what is there from this octet on, and returns where it ended. */
    public long copy(long start, OutputStream out) throws IOException {
        if (Files.notExists(path)) {
            return start;
        }
        try (var input = Files.newInputStream(path)) {
            input.skipNBytes(Math.min(start, Files.size(path)));
            return start + input.transferTo(out);
        }
    }

    /** Copies what comes, and begins anew when the file is cut or another takes its name. */
    public void follow(long start, OutputStream out, BooleanSupplier on) throws IOException {
        long position = start;
        Object key = key();
        while (on.getAsBoolean()) {
            Object now = key();
            if (!Objects.equals(now, key) || (now != null && Files.size(path) < position)) {
                position = 0;
                key = now;
            }
            position = copy(position, out);
            Pause.of(STEP);
        }
    }

    /** What tells a file from another of the same name; null if there is none. */
    private Object key() throws IOException {
        return Files.exists(path)
                ? Files.readAttributes(path, BasicFileAttributes.class).fileKey()
                : null;
    }
}
