package dev.posthouse.bench;

import dev.posthouse.bench.driver.Driver;
import dev.posthouse.bench.neighbour.BareInserts;
import dev.posthouse.bench.neighbour.Cfssl;
import dev.posthouse.bench.neighbour.Fastify;
import dev.posthouse.bench.neighbour.RawCrypto;
import dev.posthouse.bench.neighbour.StaticPost;
import dev.posthouse.bench.page.CaPage;
import dev.posthouse.bench.page.FlowPage;
import dev.posthouse.bench.page.ProxyPage;
import dev.posthouse.bench.page.ReadyPage;
import dev.posthouse.bench.page.RelayPage;
import dev.posthouse.bench.page.RepositoryPage;
import dev.posthouse.bench.page.YmpPage;
import dev.posthouse.bench.report.Machine;
import dev.posthouse.bench.report.Report;
import dev.posthouse.bench.report.Results;
import dev.posthouse.bench.rig.Bed;
import dev.posthouse.bench.stage.Page;
import dev.posthouse.bench.stage.Scale;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.bench.watch.DatabaseWaits;
import dev.posthouse.bench.watch.Profile;
import dev.posthouse.bench.watch.Window;
import dev.posthouse.local.Recording;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.Training;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./posthouse bench}: drives the services and their neighbours, and writes the report. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure the services and their neighbours on this machine.")
public final class Bench implements Runnable {

    /** Everything, in the order of the report. */
    static final List<Page> PAGES =
            List.of(
                    new FlowPage(),
                    new ProxyPage(),
                    new CaPage(),
                    new RepositoryPage(),
                    new YmpPage(),
                    new RelayPage(),
                    new StaticPost(),
                    new BareInserts(),
                    new RawCrypto(),
                    new Cfssl(),
                    new Fastify(),
                    new ReadyPage());

    @Spec private CommandSpec command;

    @Option(names = "--quick", description = "A look in three minutes; too short to be quoted.")
    private boolean quick;

    @Option(
            names = "--page",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Only these: flow, proxy, ca, repository, ymp, relay, static-post, inserts, crypto, cfssl, fastify, ready.")
    private List<String> pages = List.of();

    @Option(
            names = "--profile",
            paramLabel = "SERVICE",
            split = ",",
            description =
                    "Record these (proxy, ca, repository, ymp, relay, static-post) and say where their time goes. Costs a part of it.")
    private List<String> profiled = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes (default: deploy/bench/target/report).")
    private Path to;

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public void run() {
        requireKnown(pages, PAGES.stream().map(Page::name).toList(), "--page: the pages are ");
        requireKnown(profiled, Bed.recordable(), "--profile: the services are ");
        Path home = Path.of(System.getProperty("posthouse.home", ".")).toAbsolutePath().normalize();
        Path directory = to == null ? home.resolve("deploy/bench/target/report") : to;
        PrintWriter out = command.commandLine().getOut();
        Clock clock = Clock.systemUTC();
        Results results = new Results(out::println);
        if (!Bed.cached(home)) {
            new Recording(out::println, Training.Extent.WHOLE).run();
        }
        try (Bed bed = Bed.start(home, out::println);
                Driver driver = new Driver()) {
            Stage stage =
                    new Stage(bed, driver, quick ? Scale.quick() : Scale.full(), results, clock);
            if (profiled.isEmpty()) {
                run(stage);
            } else {
                runProfiled(stage, directory);
            }
        }
        out.println(new Report(title(), Machine.here(clock), results).write(directory));
    }

    private void runProfiled(Stage stage, Path directory) {
        profiled.forEach(name -> stage.bed().record(name, made(directory)));
        try (DatabaseWaits waits =
                DatabaseWaits.on(stage.bed().jdbcUrl(Service.CA), stage.clock())) {
            run(stage);
            List<Window> windows = stage.results().windows();
            for (Path recording : stage.bed().recordings()) {
                stage.results()
                        .addProfile(
                                Profile.read(recording, windows)
                                        .markdown(String.valueOf(recording.getFileName())));
            }
            stage.results().addProfile(waits.markdown(windows));
        }
    }

    private void run(Stage stage) {
        PAGES.stream()
                .filter(page -> pages.isEmpty() || pages.contains(page.name()))
                .forEach(page -> run(page, stage));
    }

    private static void run(Page page, Stage stage) {
        page.run(stage);
        // What was made for this page is gone before the next one is timed.
        System.gc();
    }

    private void requireKnown(List<String> wanted, List<String> known, String refusal) {
        if (!known.containsAll(wanted)) {
            throw new ParameterException(command.commandLine(), refusal + String.join(", ", known));
        }
    }

    /** A recording is written to a directory that is there. */
    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String title() {
        String what = pages.isEmpty() ? "" : ": " + String.join(", ", pages);
        String how = quick ? ", a quick look" : "";
        String cost =
                profiled.isEmpty()
                        ? ""
                        : profiled.stream().collect(Collectors.joining(", ", ", recording ", ""));
        return "Bench" + what + how + cost;
    }
}
