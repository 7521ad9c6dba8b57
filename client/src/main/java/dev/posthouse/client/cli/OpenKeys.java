package dev.posthouse.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Warns of private keys that others than their owner may read: ours are born with 0600, and those
 * that come from elsewhere may not be. Then runs the command all the same.
 */
public final class OpenKeys implements IExecutionStrategy {

    private static final Set<PosixFilePermission> OF_OWNER =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    @Override
    public int execute(ParseResult parsed) {
        List<CommandLine> lines = parsed.asCommandLineList();
        CommandLine line = lines.getLast();
        line.getParseResult().matchedOptions().stream()
                .filter(OpenKeys::isKey)
                .flatMap(option -> option.typedValues().stream())
                .forEach(file -> warn(line, (Path) file));
        return new CommandLine.RunLast().execute(parsed);
    }

    private static boolean isKey(OptionSpec option) {
        return option.type() == Path.class && option.longestName().matches("--(.+-)?key");
    }

    private static void warn(CommandLine line, Path file) {
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            if (!OF_OWNER.containsAll(mode)) {
                line.getErr()
                        .printf(
                                "posthouse: warning: %s is not its owner's alone (%s); chmod 600%n",
                                file, PosixFilePermissions.toString(mode));
            }
        } catch (IOException | UnsupportedOperationException notThereOrNoModes) {
            // Whoever reads the file says what is wrong with it.
        }
    }
}
