package dev.posthouse.bench.report;

import dev.posthouse.bench.driver.Latencies;
import dev.posthouse.bench.watch.Cost;
import dev.posthouse.bench.watch.Observed;
import dev.posthouse.bench.watch.ReadyTimes;
import dev.posthouse.bench.watch.Written;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A run, written down: one Markdown file and its plots.
 *
 * @param title what was asked for
 * @param machine where and when
 * @param results what was found
 */
public record Report(String title, Machine machine, Results results) {

    private static final String FILE = "report.md";
    private static final double MIB = 1024.0 * 1024;

    /** Pages whose numbers stand for one door or session, which can be compared. */
    private static final Set<String> COMPARABLE =
            Set.of(
                    "proxy",
                    "ca",
                    "repository",
                    "flow",
                    "ymp",
                    "relay",
                    "static-post",
                    "inserts",
                    "cfssl",
                    "fastify");

    private static final Set<String> OURS =
            Set.of("proxy", "ca", "repository", "flow", "ymp", "relay");

    /** Writes it to a directory; returns the Markdown file. */
    public Path write(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("rates.svg"), rates());
            Files.writeString(directory.resolve("latencies.svg"), latencies());
            Files.writeString(directory.resolve("memory.svg"), memory());
            return Files.writeString(directory.resolve(FILE), markdown());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("# %s%n%n%s%n%n".formatted(title, machine));
        text.append(aims());
        text.append("![Rates](rates.svg)%n%n".formatted());
        text.append(figures());
        text.append("![Latencies](latencies.svg)%n%n".formatted());
        text.append(costs());
        text.append("![Memory](memory.svg)%n%n".formatted());
        text.append(databases());
        text.append(ready());
        results.leftOut().forEach(why -> text.append("Left out: %s.%n%n".formatted(why)));
        results.profiles().forEach(text::append);
        return text.toString().stripTrailing() + System.lineSeparator();
    }

    private String aims() {
        StringBuilder table =
                new StringBuilder(
                        "## Aims%n%n| aim | wanted | found | |%n|---|---|---|---|%n".formatted());
        for (Aim aim : Aims.of(results)) {
            table.append(
                    "| %s | %s | %s | %s |%n"
                            .formatted(aim.what(), aim.wanted(), aim.found(), aim.verdict()));
        }
        return table.append(System.lineSeparator()).toString();
    }

    private String figures() {
        StringBuilder table =
                new StringBuilder(
                        ("## Figures%n%nTimes in milliseconds. What arrives at a rate is timed from when it was"
                                        + " meant to begin.%n%n"
                                        + "| page | what | load | items | seconds | per second | p50 | p95 | p99 |"
                                        + " longest | errors |%n"
                                        + "|---|---|---|---:|---:|---:|---:|---:|---:|---:|---|%n")
                                .formatted());
        results.figures().forEach(figure -> table.append(row(figure)));
        return table.append(System.lineSeparator()).toString();
    }

    private static String row(Figure figure) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %d | %.1f | %.0f | %s | %s |%n",
                figure.page(),
                figure.what(),
                figure.load(),
                figure.items(),
                figure.seconds(),
                figure.perSecond(),
                figure.latencies().map(Report::times).orElse("| | |"),
                figure.errors().isEmpty() ? "0" : "**" + errors(figure) + "**");
    }

    private static String errors(Figure figure) {
        return figure.errors().entrySet().stream()
                .map(error -> error.getValue() + " × " + error.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String times(Latencies times) {
        return String.format(
                Locale.ROOT,
                "%.1f | %.1f | %.1f | %.1f",
                times.p50(),
                times.p95(),
                times.p99(),
                times.max());
    }

    private String costs() {
        StringBuilder table =
                new StringBuilder(
                        ("## Processors and memory%n%nWhile the closed loop ran: processors kept busy, processor"
                                        + " time for an item, and the most memory (PSS) of each service.%n%n"
                                        + "| page | process | processors | ms an item | PSS |%n"
                                        + "|---|---|---:|---:|---:|%n")
                                .formatted());
        results.observed()
                .forEach((page, seen) ->
                        seen.processes().forEach(cost -> table.append(row(page, seen, cost))));
        return table.append(System.lineSeparator()).toString();
    }

    private static String row(String page, Observed seen, Cost cost) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f | %s |%n",
                page,
                cost.process(),
                cost.processors(),
                seen.millisPerItem(cost),
                cost.pss() == 0 ? "" : String.format(Locale.ROOT, "%.0f MiB", cost.pss() / MIB));
    }

    private String databases() {
        StringBuilder table =
                new StringBuilder(
                        ("## Databases%n%nMeanwhile, for an item, by PostgreSQL's own count.%n%n"
                                        + "| page | database | commits | rows inserted | updated | deleted |%n"
                                        + "|---|---|---:|---:|---:|---:|%n")
                                .formatted());
        results.observed()
                .forEach((page, seen) ->
                        seen.databases()
                                .forEach((name, done) ->
                                        table.append(
                                                row(page, name, done, (double) seen.items()))));
        return table.append(System.lineSeparator()).toString();
    }

    private static String row(String page, String database, Written done, double items) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f | %.2f | %.2f |%n",
                page,
                database,
                done.commits() / items,
                done.inserted() / items,
                done.updated() / items,
                done.deleted() / items);
    }

    private String ready() {
        if (results.ready().isEmpty()) {
            return "";
        }
        StringBuilder table =
                new StringBuilder(
                        ("## Ready%n%nFrom exec until health says ready, each service alone.%n%n"
                                        + "| service | plain | with the start-up cache |%n|---|---:|---:|%n")
                                .formatted());
        for (ReadyTimes row : results.ready()) {
            table.append(
                    "| %s | %s | %s |%n"
                            .formatted(
                                    row.service().shortName(),
                                    seconds(row.plain()),
                                    row.cached().map(Report::seconds).orElse("no cache")));
        }
        return table.append(System.lineSeparator()).toString();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }

    private String rates() {
        return new BarPlot(
                        "As many as can, per second",
                        "/s",
                        results.figures().stream()
                                .filter(figure -> COMPARABLE.contains(figure.page()))
                                .filter(figure -> !figure.what().contains("half load"))
                                .filter(figure -> !figure.what().startsWith("of it"))
                                .filter(figure -> !figure.load().equals("one at a time"))
                                .filter(figure -> !figure.what().startsWith("probes"))
                                .map(figure ->
                                        new BarPlot.Bar(
                                                figure.page() + ": " + figure.what(),
                                                figure.perSecond(),
                                                OURS.contains(figure.page())))
                                .toList())
                .svg();
    }

    private String latencies() {
        return new RangePlot(
                        "Time of an item at half of that rate, or of one at a time",
                        results.figures().stream()
                                .filter(figure ->
                                        figure.what().contains("half load")
                                                || figure.load().equals("one at a time"))
                                .flatMap(figure ->
                                        figure.latencies().stream()
                                                .map(times ->
                                                        new RangePlot.Row(label(figure), times)))
                                .toList())
                .svg();
    }

    private static String label(Figure figure) {
        return figure.page() + ": " + figure.what().replace(", half load", "");
    }

    private String memory() {
        return new BarPlot(
                        "Most memory of a service under load (PSS)",
                        " MiB",
                        results.observed().entrySet().stream()
                                .flatMap(page ->
                                        page.getValue().processes().stream()
                                                .filter(cost -> cost.pss() > 0)
                                                .map(cost ->
                                                        new BarPlot.Bar(
                                                                cost.process()
                                                                        + " ("
                                                                        + page.getKey()
                                                                        + ")",
                                                                cost.pss() / MIB,
                                                                true)))
                                .toList())
                .svg();
    }
}
