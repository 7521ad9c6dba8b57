package dev.posthouse.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The README's tables are the command line's. */
class ReadmeTest {

    private static final Set<String> EVERYWHERE = Set.of("--help", "--version");

    private final String readme = read();

    @Test
    void everyOptionHasItsRowWithItsDefault() {
        options(Posthouse.commandLine())
                .filter(option -> !EVERYWHERE.contains(option.longestName()))
                .forEach(option -> {
                    String row = rowOf(option);
                    if (option.defaultValue() != null) {
                        assertThat(row).contains("`" + option.defaultValue() + "`");
                    }
                });
    }

    @Test
    void everyExitCodeHasItsRow() {
        for (int code : new int[] {0, 1, 2, 3, 4, 5, 6, 70}) {
            assertThat(readme).containsPattern("(?m)^\\| " + code + " \\|");
        }
    }

    private String rowOf(OptionSpec option) {
        return readme.lines()
                .filter(line -> line.startsWith("|"))
                .filter(line -> line.contains("`" + option.names()[0] + "`"))
                .reduce("", (some, more) -> some + more)
                .transform(rows -> {
                    assertThat(rows).as(option.names()[0]).isNotEmpty();
                    return rows;
                });
    }

    private static Stream<OptionSpec> options(CommandLine line) {
        return Stream.concat(
                line.getCommandSpec().options().stream(),
                line.getSubcommands().values().stream()
                        .filter(sub -> !sub.getCommandName().equals("generate-completion"))
                        .flatMap(ReadmeTest::options));
    }

    private static String read() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
