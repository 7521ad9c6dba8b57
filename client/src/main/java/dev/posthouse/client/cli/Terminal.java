package dev.posthouse.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person is watching. */
final class Terminal {

    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** The JDK knows of standard output only, so ask the system where there is one to ask. */
    static boolean isStderr() {
        try {
            return leadsToTerminal(Files.readSymbolicLink(STDERR).toString());
        } catch (IOException | UnsupportedOperationException e) {
            return System.console().isTerminal();
        }
    }

    static boolean leadsToTerminal(String device) {
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    }
}
