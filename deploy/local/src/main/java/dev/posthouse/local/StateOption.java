package dev.posthouse.local;

import dev.posthouse.local.suite.StateDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which state directory a command is about. */
final class StateOption {

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Where keys, data and logs are kept (default: .posthouse beside ./posthouse).")
    private Path directory;

    StateDirectory state() {
        return new StateDirectory(directory == null ? home().resolve(".posthouse") : directory);
    }

    /** The repository's root, as the launcher script knows it. */
    static Path home() {
        return Path.of(System.getProperty("posthouse.home", ".")).toAbsolutePath().normalize();
    }
}
