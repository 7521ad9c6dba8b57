package dev.posthouse.bench.page;

import dev.posthouse.bench.driver.Identity;
import dev.posthouse.bench.driver.Latencies;
import dev.posthouse.bench.driver.Measured;
import dev.posthouse.bench.material.Device;
import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.rig.Instance;
import dev.posthouse.bench.stage.Course;
import dev.posthouse.bench.stage.Page;
import dev.posthouse.bench.stage.Scale;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.bench.watch.Watch;
import dev.posthouse.local.suite.Service;
import java.util.List;
import java.util.Map;

/** The whole flow, all services: from a client's CSR to the certificate in its hands. */
public final class FlowPage implements Page {

    @Override
    public String name() {
        return "flow";
    }

    @Override
    public void run(Stage stage) {
        Scale scale = stage.scale();
        List<Device> devices = Device.make(scale.items());
        List<Instance> services = stage.bed().startAll();
        try {
            Identity client = Identity.anonymous(stage.bed().pki());
            SessionWork sessions =
                    new SessionWork(
                            stage.driver().vertx(),
                            devices,
                            stage.driver()
                                    .wire(stage.bed().url(Service.PROXY), client, scale.sessions()),
                            stage.driver()
                                    .wire(
                                            stage.bed().url(Service.REPOSITORY),
                                            client,
                                            scale.sessions()));
            drive(stage, services, sessions, devices.size());
        } finally {
            Instance.closeAll(services);
        }
    }

    private void drive(Stage stage, List<Instance> services, SessionWork sessions, int items) {
        Scale scale = stage.scale();
        Course course = new Course(stage.driver(), items, sessions);
        course.closed(scale.sessions(), scale.warmUp());
        sessions.take();
        Measured closed;
        try (Watch watch = Watch.on(stage.bed(), services, stage.clock())) {
            closed = course.closed(scale.sessions(), scale.closed());
            stage.results().add(name(), watch.observed(closed.items()));
        }
        add(stage, "collected", closed, sessions);
        add(
                stage,
                "collected, half load",
                course.halfOf(closed.perSecond(), scale.open()),
                sessions);
    }

    private void add(Stage stage, String what, Measured measured, SessionWork sessions) {
        stage.results().add(Figure.of(name(), what, measured));
        stage.results()
                .add(
                        Figure.counted(
                                        name(),
                                        "of it, accepted to " + what,
                                        measured.load().toString(),
                                        measured.good(),
                                        measured.seconds(),
                                        Map.of())
                                .timed(Latencies.of(sessions.take())));
    }
}
