package dev.posthouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.bench.stage.Page;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class BenchTest {

    @Test
    void saysWhichPagesThereAre() {
        String pages =
                Bench.PAGES.stream().map(Page::name).collect(Collectors.joining(", ", ": ", "."));

        assertThat(
                        new CommandLine(new Bench())
                                .getCommandSpec()
                                .findOption("--page")
                                .description()[0])
                .endsWith(pages);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--page    | --page: the pages are flow, proxy, ca",
                "--profile | --profile: the services are proxy, ca, repository, ymp, relay, static-post"
            })
    void refusesANameThatNothingHas(String option, String refusal) {
        StringWriter said = new StringWriter();
        CommandLine bench = new CommandLine(new Bench()).setErr(new PrintWriter(said));

        assertThat(bench.execute(option, "ca,relais")).isEqualTo(2);
        assertThat(said.toString()).startsWith(refusal);
    }
}
