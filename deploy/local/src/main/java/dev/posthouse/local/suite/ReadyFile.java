package dev.posthouse.local.suite;

import dev.posthouse.testing.Loopback;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a process makes when it is ready.
 *
 * @param file its name
 */
record ReadyFile(Path file) implements Part.Readiness {

    @Override
    public void reset() {
        Loopback.delete(file);
    }

    @Override
    public boolean reached() {
        return Files.exists(file);
    }
}
