package dev.posthouse.client.file;

import dev.posthouse.client.failure.ClientException.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads small files whole, and says plainly which one is the trouble. */
public final class InputFile {

    /** Far above any chain, key set or state file. */
    private static final int MAX_OCTETS = 4 << 20;

    private InputFile() {}

    /** The file's bytes. */
    public static byte[] read(Path file) {
        return read(file, MAX_OCTETS);
    }

    /** The bytes of a file that may have so many. */
    public static byte[] read(Path file, int most) {
        try (var in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new FileProblem(file + " is too large");
            }
            return content;
        } catch (IOException e) {
            throw new FileProblem("cannot read " + file + ": " + Reason.of(e), e);
        }
    }

    /** The file's text. */
    public static String readText(Path file) {
        return new String(read(file), StandardCharsets.UTF_8);
    }

    /** The first line of a passphrase file. */
    public static char[] readPassphrase(Path file) {
        String line = readText(file).lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw new FileProblem("the passphrase file " + file + " has an empty first line");
        }
        // PKCS#12 readers disagree about the encoding of anything else.
        if (!line.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new FileProblem("the passphrase file " + file + " holds more than plain ASCII");
        }
        return line.toCharArray();
    }

    /** Refuses when the file is there already. */
    public static void requireAbsent(Path file) {
        if (Files.exists(file)) {
            throw new FileProblem(file + " exists; use --force to replace it");
        }
    }
}
