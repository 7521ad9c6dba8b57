package dev.posthouse.bench.relay;

import dev.posthouse.bench.driver.Identity;
import dev.posthouse.bench.driver.Measured;
import dev.posthouse.bench.driver.Wire;
import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.rig.Instance;
import dev.posthouse.bench.stage.Course;
import dev.posthouse.bench.stage.Scale;
import dev.posthouse.bench.stage.Scale.Span;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.bench.watch.Watch;
import java.util.List;
import java.util.function.IntFunction;

/** Parcels brought over PoHTTP, stored and committed, until their sender hears 202. */
final class Acceptance {

    private static final String PAGE = "relay";

    private final Stage stage;
    private final Instance relay;
    private final Wire door;

    Acceptance(Stage stage, Instance relay) {
        this.stage = stage;
        this.relay = relay;
        this.door =
                stage.driver()
                        .wire(
                                relay.url(),
                                Identity.anonymous(stage.bed().pki()),
                                stage.scale().clients());
    }

    /**
     * @param maker of the parcels
     * @param part of the usual number of items: one of so many
     */
    void measure(String what, IntFunction<byte[]> maker, int part) {
        Scale scale = stage.scale();
        Stock stock = new Stock(maker);
        Course course =
                new Course(
                        stage.driver(),
                        scale.items(),
                        item -> door.postOctets("/", stock.of(item), Correspondents.TYPE));
        Span warmUp = partOf(scale.warmUp(), part);
        stock.fill(course.begun(), warmUp.items());
        course.closed(scale.clients(), warmUp);
        Span span = partOf(scale.closed(), part);
        stock.fill(course.begun(), span.items());
        Measured closed;
        try (Watch watch = Watch.on(stage.bed(), List.of(relay), stage.clock())) {
            closed = course.closed(scale.clients(), span);
            stage.results().add(PAGE + ", " + what, watch.observed(closed.items()));
        }
        stage.results().add(Figure.of(PAGE, what, closed));
        Span open = partOf(scale.open(), part);
        stock.fill(course.begun(), open.items());
        stage.results()
                .add(
                        Figure.of(
                                PAGE,
                                what + ", half load",
                                course.halfOf(closed.perSecond(), open)));
    }

    private static Span partOf(Span span, int part) {
        return span.atMost(Math.max(1, span.items() / part));
    }
}
