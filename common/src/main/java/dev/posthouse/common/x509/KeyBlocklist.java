package dev.posthouse.common.x509;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An operator's blocklist of keys (certificates, section 5 rule 7): a file with the SHA-256 of one
 * SubjectPublicKeyInfo per line, in hex; blank lines and lines that begin with {@code #} say
 * nothing. It is read once.
 */
public final class KeyBlocklist implements Predicate<byte[]> {

    private final Set<String> hashes;

    private KeyBlocklist(Set<String> hashes) {
        this.hashes = Set.copyOf(hashes);
    }

    /** Blocks nothing. */
    public static KeyBlocklist none() {
        return new KeyBlocklist(Set.of());
    }

    /**
     * Reads a blocklist.
     *
     * @throws IllegalStateException when the file cannot be read, or a line is no SHA-256
     */
    public static KeyBlocklist read(Path file) {
        Set<String> hashes = new HashSet<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String entry = line.strip().toLowerCase(Locale.ROOT);
                if (!entry.isEmpty() && !entry.startsWith("#")) {
                    hashes.add(hash(entry));
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException(file + " cannot be read", unreadable);
        }
        return new KeyBlocklist(hashes);
    }

    private static String hash(String entry) {
        if (!entry.matches("[0-9a-f]{64}")) {
            throw new IllegalStateException("a line is not 64 hex digits");
        }
        return entry;
    }

    /** Whether the SHA-256 of a canonical SubjectPublicKeyInfo is on the list. */
    @Override
    public boolean test(byte[] spkiHash) {
        return hashes.contains(HexFormat.of().formatHex(spkiHash));
    }
}
