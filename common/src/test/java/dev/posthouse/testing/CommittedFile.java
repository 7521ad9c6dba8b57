package dev.posthouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A document that is both served and committed, such as {@code docs/openapi/proxy-service.yaml}.
 * {@code -Dopenapi.write} writes it anew instead of comparing.
 */
public final class CommittedFile {

    private CommittedFile() {}

    /** The committed text is the served one. */
    public static void check(Path committed, String served) {
        try {
            if (System.getProperty("openapi.write") != null) {
                Files.createDirectories(committed.getParent());
                Files.writeString(committed, served);
            }
            assertThat(Files.readString(committed)).isEqualTo(served);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
