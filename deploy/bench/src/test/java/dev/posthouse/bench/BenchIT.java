package dev.posthouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.bench.driver.Driver;
import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.report.Results;
import dev.posthouse.bench.rig.Bed;
import dev.posthouse.bench.stage.Scale;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.bench.watch.ReadyTimes;
import dev.posthouse.local.Recording;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.Training;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every page from end to end with a handful of items: that the drivers still fit the services. The
 * figures mean nothing.
 */
@Tag("soak")
final class BenchIT {

    @Test
    void everyPageRunsWithoutAnError() {
        Path home = Path.of(System.getProperty("posthouse.home")).toAbsolutePath().normalize();
        // The suite's own processes run on what is packaged, as the launcher starts them.
        System.setProperty(
                "java.class.path",
                home.resolve("deploy/local/target/posthouse-local.jar").toString());
        Results results = new Results(line -> {});
        if (!Bed.quick(home)) {
            new Recording(line -> {}, Training.Extent.BRIEF).run();
        }

        try (Bed bed = Bed.start(home, line -> {});
                Driver driver = new Driver()) {
            Stage stage = new Stage(bed, driver, Scale.tiny(), results, Clock.systemUTC());
            Bench.PAGES.stream()
                    .filter(page -> !page.name().equals("ready"))
                    .forEach(page -> page.run(stage));
            // The page of that name starts every service twice; once is enough to see that it can.
            results.add(ReadyTimes.of(Service.REPOSITORY, bed));
        }

        assertThat(results.figures())
                .isNotEmpty()
                .allSatisfy(figure -> {
                    assertThat(figure.errors()).as("%s", figure).isEmpty();
                    assertThat(figure.items()).as("%s", figure).isPositive();
                });
        assertThat(results.figures())
                .extracting(Figure::page)
                .contains(
                        "proxy",
                        "ca",
                        "repository",
                        "flow",
                        "ymp",
                        "relay",
                        "static-post",
                        "inserts",
                        "crypto");
        assertThat(results.find("ca", "issued").orElseThrow().items()).isEqualTo(20);
        assertThat(results.find("flow", "collected").orElseThrow().items()).isEqualTo(20);
        assertThat(results.find("repository", "collected").orElseThrow().items()).isEqualTo(20);
        assertThat(results.find("ymp", "packets of 1").orElseThrow().items()).isEqualTo(20);
        assertThat(results.find("ymp", "packets of 100").orElseThrow().items()).isEqualTo(20);
        assertThat(results.find("relay", "accepted, warm").orElseThrow().items()).isEqualTo(20);
        assertThat(results.find("relay", "collected, many stored").orElseThrow().items())
                .isEqualTo(20);
        assertThat(results.find("relay", "8 MB parcels").orElseThrow().items()).isBetween(1L, 16L);
        assertThat(results.ready().getFirst().plain()).isPositive();
        assertThat(results.ready().getFirst().cached()).isPresent();
        assertThat(results.observed().get("flow").processes())
                .filteredOn(cost -> cost.pss() > 0)
                .extracting(cost -> cost.process())
                .contains("proxy", "ca", "repository");
    }
}
