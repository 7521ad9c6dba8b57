package dev.posthouse.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TellingLineTest {

    @Test
    void isTheLastThatTellsOfAnError() {
        assertThat(
                        TellingLine.in(
                                List.of(
                                        "ERROR one",
                                        "ERROR two",
                                        "\tat dev.Error.of(Error.java)",
                                        "bye")))
                .contains("ERROR two");
        assertThat(TellingLine.in(List.of("all is well"))).isEmpty();
    }

    @Test
    void isRatherTheOneThatTellsOfAFullDisk() {
        List<String> lines =
                List.of(
                        "PANIC:  could not write to file \"x\": No space left on device",
                        "LOG:  server process was terminated",
                        "FATAL:  the database system is in recovery mode");

        assertThat(TellingLine.in(lines)).contains(lines.getFirst());
        assertThat(TellingLine.noSpace(lines.subList(1, 3))).isEmpty();
    }

    @Test
    void ofAJsonLogIsItsMessageAndTheLastCause() {
        String line =
                """
                {"level":"ERROR","message":"Failed to start\\nmore","exception":{"exceptionType":"A",\
                "message":"outer","causedBy":{"exception":{"exceptionType":"B","message":"the key is missing"}}}}\
                """;

        assertThat(TellingLine.in(List.of(line))).contains("Failed to start: the key is missing");
    }
}
