package dev.posthouse.common.x509;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * An operator's list of keys that get no certificate (certificates, section 5, rule 7): one SHA-256
 * of a SubjectPublicKeyInfo per line, hex; empty lines and lines that begin with {@code #} are
 * passed over.
 */
public final class BlockedKeys implements Predicate<byte[]> {

    private static final int HASH_DIGITS = 64;

    private final Set<String> hashes;

    /**
     * @throws IllegalStateException when the file cannot be read or a line is no SHA-256
     */
    public BlockedKeys(Path file) {
        try (var lines = Files.lines(file)) {
            this.hashes =
                    lines.map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                            .map(line -> hash(file, line))
                            .collect(Collectors.toUnmodifiableSet());
        } catch (IOException unreadable) {
            throw new IllegalStateException(file + " cannot be read", unreadable);
        }
    }

    private static String hash(Path file, String line) {
        if (line.length() != HASH_DIGITS || !line.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalStateException(file + " has a line that is no SHA-256 in hex");
        }
        return line.toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public boolean test(byte[] spkiHash) {
        return hashes.contains(HexFormat.of().formatHex(spkiHash));
    }
}
