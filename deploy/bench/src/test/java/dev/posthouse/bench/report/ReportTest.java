package dev.posthouse.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {

    @TempDir private Path directory;
    private String markdown;

    @BeforeEach
    void write() throws IOException {
        Results results = Sample.results();
        results.leaveOut("cfssl: not there");
        results.addProfile("### Profile: ca\n");
        Machine machine = new Machine(LocalDate.of(2026, 11, 22), 2, 24, "Linux");
        markdown = Files.readString(new Report("Bench", machine, results).write(directory));
    }

    @Test
    void saysWhereAndWhenAndEveryFigure() {
        assertThat(markdown)
                .contains("2026-11-22; 2 processors, 24 GiB; Linux")
                .contains("| CA alone, certificates issued, to cfssl with SQLite | ≥ 2.0 × |")
                .contains("| **missed** |")
                .contains(
                        "| flow | collected | 64 clients | 5000 | 10.0 | 500 | 1.5 | 2.5 | 9.8 | 120.0 | 0 |")
                .contains("| ca | ca | 1.20 | 2.40 | 257 MiB |", "| ca | driver | 0.50 | 1.00 |  |")
                .contains("| ca | posthouse_ca | 4.00 | 3.00 | 0.10 | 0.00 |")
                .contains("| proxy | 4.00 s | 1.50 s |")
                .contains("Left out: cfssl: not there.", "### Profile: ca");
    }

    @Test
    void showsErrors() {
        assertThat(markdown).contains("| **7 × 503** |");
    }

    @Test
    void plotsAreXmlAndShowWhatWasMeasured() throws Exception {
        for (String plot : List.of("rates.svg", "latencies.svg", "memory.svg")) {
            assertThat(markdown).contains("](" + plot + ")");
            assertThat(
                            DocumentBuilderFactory.newInstance()
                                    .newDocumentBuilder()
                                    .parse(directory.resolve(plot).toFile())
                                    .getDocumentElement()
                                    .getTagName())
                    .isEqualTo("svg");
        }
        assertThat(directory.resolve("rates.svg")).content().contains(">ca: issued<", ">799/s<");
        assertThat(directory.resolve("latencies.svg")).content().contains(">proxy: accepted<");
    }
}
