package dev.posthouse.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps the terminal's Ctrl-C and hang-up from children. Otherwise the terminal would stop all of
 * them at once, the database before those who write to it, and would end what was meant to stay.
 */
final class OwnSession {

    /** Where there is no {@code setsid}: ignored signals stay ignored in what is executed. */
    private static final List<String> DEAF =
            List.of("/bin/sh", "-c", "trap '' HUP INT; exec \"$@\"", "sh");

    private OwnSession() {}

    /** What to put before a command. */
    static List<String> prefix() {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
                .map(directory -> Path.of(directory, "setsid"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(setsid -> List.of(setsid.toString()))
                .orElse(DEAF);
    }
}
