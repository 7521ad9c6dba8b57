package dev.posthouse.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file of arguments for the {@code java} command ({@code java @file}). It keeps the command line
 * short, shows a reader what a process was started with, and, being named in the command line,
 * tells whose process it is.
 */
final class ArgumentFile {

    private ArgumentFile() {}

    static void write(Path file, List<String> arguments) {
        String text =
                arguments.stream()
                        .map(ArgumentFile::quote)
                        .collect(Collectors.joining("\n", "", "\n"));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new LocalFailure("cannot write " + file, e);
        }
    }

    /** Quoted always, since a space or a hash sign would otherwise end an argument. */
    private static String quote(String argument) {
        return '"'
                + argument.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }

    /** How the file is named in a command line. */
    static String mark(Path file) {
        return "@" + file;
    }
}
