package dev.posthouse.bench.neighbour;

import dev.posthouse.bench.driver.Identity;
import dev.posthouse.bench.driver.Measured;
import dev.posthouse.bench.driver.Wire;
import dev.posthouse.bench.material.Bodies;
import dev.posthouse.bench.relay.Correspondents;
import dev.posthouse.bench.relay.Stock;
import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.rig.Instance;
import dev.posthouse.bench.stage.Course;
import dev.posthouse.bench.stage.Page;
import dev.posthouse.bench.stage.Scale;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.bench.watch.Watch;
import dev.posthouse.bench.ymp.Senders;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** A POST over TLS with a fixed answer, on the services' own HTTP stack and TLS settings. */
public final class StaticPost implements Page {

    private static final int ENDLESS = 10_000_000;
    private static final int SENDERS = 8;
    private static final int PARCELS = 256;

    @Override
    public String name() {
        return "static-post";
    }

    @Override
    public void run(Stage stage) {
        Scale scale = stage.scale();
        Buffer body = Bodies.toCollect("0123456789abcdef".repeat(4));
        try (Instance service = stage.bed().startStaticPost()) {
            Wire door =
                    stage.driver()
                            .wire(
                                    service.url(),
                                    Identity.anonymous(stage.bed().pki()),
                                    scale.clients());
            Course course = new Course(stage.driver(), ENDLESS, item -> door.post("/static", body));
            course.closed(scale.clients(), timed(scale.warmUp()));
            Measured closed;
            try (Watch watch = Watch.on(stage.bed(), List.of(service), stage.clock())) {
                closed = course.closed(scale.clients(), timed(scale.closed()));
                stage.results().add(name(), watch.observed(closed.items()));
            }
            stage.results().add(Figure.of(name(), "answered", closed));
            stage.results()
                    .add(
                            Figure.of(
                                    name(),
                                    "answered, half load",
                                    course.halfOf(closed.perSecond(), timed(scale.open()))));
            packets(stage, door, 1);
            packets(stage, door, 100);
            parcels(stage, door);
        }
    }

    /** The bodies of {@code ymp}, made as they are sent there. */
    private void packets(Stage stage, Wire door, int messages) {
        Scale scale = stage.scale();
        Senders senders = Senders.to("localhost:8447", scale.clients());
        Course course =
                new Course(
                        stage.driver(),
                        ENDLESS,
                        item -> door.post("/static/packet", senders.packet(item, messages)));
        course.closed(scale.clients(), brief(scale));
        stage.results()
                .add(
                        Figure.of(
                                name(),
                                "YMP packets of " + messages,
                                course.closed(scale.clients(), brief(scale))));
    }

    /** The bodies of {@code relay}, a few of them again and again. */
    private void parcels(Stage stage, Wire door) {
        Scale scale = stage.scale();
        Stock parcels = new Stock(Correspondents.apart(SENDERS, stage.clock())::parcel);
        parcels.fill(0, PARCELS);
        Course course =
                new Course(
                        stage.driver(),
                        ENDLESS,
                        item ->
                                door.postOctets(
                                        "/static/parcel",
                                        parcels.of(item % PARCELS),
                                        Correspondents.TYPE));
        course.closed(scale.clients(), brief(scale));
        stage.results()
                .add(Figure.of(name(), "parcels", course.closed(scale.clients(), brief(scale))));
    }

    private static Scale.Span brief(Scale scale) {
        return timed(new Scale.Span(scale.open().items(), scale.still().dividedBy(2)));
    }

    /** Its items cost nothing to make, so time alone ends a phase that is longer than a test's. */
    private static Scale.Span timed(Scale.Span span) {
        return span.items() < 100 ? span : new Scale.Span(ENDLESS, span.most());
    }
}
