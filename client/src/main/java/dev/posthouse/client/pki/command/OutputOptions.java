package dev.posthouse.client.pki.command;

import dev.posthouse.client.pki.PkiDirectory;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where a command writes. */
final class OutputOptions {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Directory to write into (default: ${DEFAULT-VALUE}).")
    private Path directory;

    @Option(names = "--force", description = "Replace files that are there already.")
    private boolean force;

    PkiDirectory directory() {
        return new PkiDirectory(directory, force);
    }

    void report(List<Path> written) {
        written.forEach(file -> command.commandLine().getOut().println("wrote " + file));
    }
}
