package dev.posthouse.bench.ymp;

import dev.posthouse.bench.driver.Identity;
import dev.posthouse.bench.driver.Measured;
import dev.posthouse.bench.driver.Wire;
import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.rig.Instance;
import dev.posthouse.bench.stage.Course;
import dev.posthouse.bench.stage.Scale;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.bench.watch.Watch;
import dev.posthouse.local.suite.Service;
import java.util.List;

/** Packets of many hosts, taken and committed, until their sender hears 204. */
public final class TakenPackets {

    private static final String PAGE = "ymp";
    private static final int SENDERS_FOR_A_CLIENT = 4;

    private final Stage stage;
    private final Scale scale;

    /**
     * @param stage where
     */
    public TakenPackets(Stage stage) {
        this.stage = stage;
        this.scale = stage.scale();
    }

    /** Of one message each, and of so many. */
    public void measure(int many) {
        var url = stage.bed().url(Service.YMP);
        Senders senders = Senders.to(url.getAuthority(), scale.clients() * SENDERS_FOR_A_CLIENT);
        try (Instance host =
                stage.bed().start(Service.YMP, HostSettings.of(stage.bed(), url, List.of()))) {
            senders.grant(stage.bed().jdbcUrl(Service.YMP));
            Wire door =
                    stage.driver()
                            .wire(
                                    host.url(),
                                    Identity.anonymous(stage.bed().pki()),
                                    scale.clients());
            drive(host, door, senders, 1);
            drive(host, door, senders, many);
        }
    }

    private void drive(Instance host, Wire door, Senders senders, int messages) {
        Course course =
                new Course(
                        stage.driver(),
                        scale.items(),
                        item ->
                                door.post(
                                        "/packet",
                                        senders.packet(item, messages),
                                        senders.tokenFor(item)));
        course.closed(scale.clients(), scale.warmUp());
        Measured closed;
        try (Watch watch = Watch.on(stage.bed(), List.of(host), stage.clock())) {
            closed = course.closed(scale.clients(), scale.closed());
            stage.results().add(PAGE + ", packets of " + messages, watch.observed(closed.items()));
        }
        stage.results().add(Figure.of(PAGE, "packets of " + messages, closed));
        stage.results()
                .add(
                        Figure.of(
                                PAGE,
                                "packets of " + messages + ", half load",
                                course.halfOf(closed.perSecond(), scale.open())));
    }
}
