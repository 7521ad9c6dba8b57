package dev.posthouse.bench.page;

import dev.posthouse.bench.driver.Identity;
import dev.posthouse.bench.driver.Measured;
import dev.posthouse.bench.driver.Wire;
import dev.posthouse.bench.material.Bodies;
import dev.posthouse.bench.material.Device;
import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.rig.Instance;
import dev.posthouse.bench.stage.Course;
import dev.posthouse.bench.stage.Drain;
import dev.posthouse.bench.stage.Page;
import dev.posthouse.bench.stage.Scale;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.bench.watch.Watch;
import dev.posthouse.local.suite.Service;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/**
 * The proxy alone: CSRs accepted, each a commit, while it hands them on to something that takes
 * them at once.
 */
public final class ProxyPage implements Page {

    @Override
    public String name() {
        return "proxy";
    }

    @Override
    public void run(Stage stage) {
        Scale scale = stage.scale();
        List<Device> devices = Device.make(scale.items());
        List<Buffer> bodies = Bodies.toProxy(devices);
        Identity ca = Identity.of(stage.bed().pki(), Service.CA.module());
        try (Arrivals handed =
                        new Arrivals(stage.driver(), ca, "{\"access_url\":\"\",\"lead_time\":1}");
                Instance proxy =
                        stage.bed()
                                .start(
                                        Service.PROXY,
                                        Map.of("proxy.ca-url", handed.url().toString()))) {
            Wire door =
                    stage.driver()
                            .wire(
                                    proxy.url(),
                                    Identity.anonymous(stage.bed().pki()),
                                    scale.clients());
            Course course =
                    new Course(
                            stage.driver(),
                            devices.size(),
                            item -> door.post("/csr", bodies.get(item)));
            long warm = course.closed(scale.clients(), scale.warmUp()).good();
            Drain.await(handed::count, warm);
            Measured closed = measure(stage, proxy, course, handed, warm);
            stage.results()
                    .add(
                            Figure.of(
                                    name(),
                                    "accepted, half load",
                                    course.halfOf(closed.perSecond(), scale.open())));
        }
    }

    private Measured measure(
            Stage stage, Instance proxy, Course course, Arrivals handed, long warm) {
        Scale scale = stage.scale();
        long start = System.nanoTime();
        try (Watch watch = Watch.on(stage.bed(), List.of(proxy), stage.clock())) {
            Measured closed = course.closed(scale.clients(), scale.closed());
            Drain drain = Drain.await(handed::count, warm + closed.good());
            stage.results().add(name(), watch.observed(closed.items()));
            stage.results().add(Figure.of(name(), "accepted", closed));
            stage.results()
                    .add(
                            Figure.counted(
                                    name(),
                                    "handed on",
                                    closed.load().toString(),
                                    closed.good(),
                                    (drain.nanos() - start) / 1e9,
                                    drain.errors()));
            return closed;
        }
    }
}
