package dev.posthouse.bench.page;

import dev.posthouse.bench.driver.Identity;
import dev.posthouse.bench.driver.Measured;
import dev.posthouse.bench.driver.Wire;
import dev.posthouse.bench.material.AccessUrls;
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
 * The CA alone: CSRs as a proxy hands them over, until the certificate is recorded, and until it
 * has been told to something that stands for the repository.
 */
public final class CaPage implements Page {

    private static final String ISSUED = "select count(*) from certificate where state = 'ISSUED'";

    @Override
    public String name() {
        return "ca";
    }

    @Override
    public void run(Stage stage) {
        Scale scale = stage.scale();
        List<Device> devices = Device.make(scale.items());
        AccessUrls accessUrls =
                new AccessUrls(
                        stage.bed().pki(),
                        stage.bed().url(Service.REPOSITORY),
                        stage.clock().instant());
        List<Buffer> bodies = Bodies.toCa(devices, accessUrls);
        Identity repository = Identity.of(stage.bed().pki(), Service.REPOSITORY.module());
        try (Arrivals delivered = new Arrivals(stage.driver(), repository, "{}");
                Instance ca =
                        stage.bed()
                                .start(
                                        Service.CA,
                                        Map.of(
                                                "ca.repository-internal-url",
                                                delivered.url().toString()));
                Count issued = new Count(stage.bed().jdbcUrl(Service.CA), ISSUED)) {
            Wire door =
                    stage.driver()
                            .wire(
                                    ca.url(),
                                    Identity.of(stage.bed().pki(), Service.PROXY.module()),
                                    scale.clients());
            Begins begins = new Begins(devices);
            Course course =
                    new Course(
                            stage.driver(),
                            devices.size(),
                            begins.noting(item -> door.post("/csr", bodies.get(item))));
            drive(stage, ca, new Ways(course, begins, issued, delivered));
        }
    }

    /** Where certificates are counted. */
    private record Ways(Course course, Begins begins, Count issued, Arrivals delivered) {}

    private void drive(Stage stage, Instance ca, Ways ways) {
        Scale scale = stage.scale();
        long before = ways.issued().get();
        long warm = ways.course().closed(scale.clients(), scale.warmUp()).good();
        Drain.await(ways.delivered()::count, warm);
        long start = System.nanoTime();
        Measured closed;
        Drain issued;
        Drain delivered;
        try (Watch watch = Watch.on(stage.bed(), List.of(ca), stage.clock())) {
            closed = ways.course().closed(scale.clients(), scale.closed());
            issued = Drain.await(ways.issued()::get, before + warm + closed.good());
            delivered = Drain.await(ways.delivered()::count, warm + closed.good());
            stage.results().add(name(), watch.observed(closed.items()));
        }
        stage.results().add(Figure.of(name(), "accepted", closed));
        stage.results().add(behind("issued", closed, start, issued));
        stage.results()
                .add(
                        behind("delivered", closed, start, delivered)
                                .timed(
                                        ways.begins()
                                                .until(
                                                        ways.delivered(),
                                                        ways.course().begun(),
                                                        closed)));
        Figure lasting = behind("issued", closed, start, issued);
        halfLoad(stage, ways, lasting.perSecond());
    }

    private void halfLoad(Stage stage, Ways ways, double perSecond) {
        Measured open = ways.course().halfOf(perSecond, stage.scale().open());
        stage.results().add(Figure.of(name(), "accepted, half load", open));
        Drain.await(ways.delivered()::count, ways.course().begun() - open.failed());
        stage.results()
                .add(
                        Figure.counted(
                                        name(),
                                        "delivered, half load",
                                        open.load().toString(),
                                        open.good(),
                                        open.seconds(),
                                        Map.of())
                                .timed(
                                        ways.begins()
                                                .until(
                                                        ways.delivered(),
                                                        ways.course().begun(),
                                                        open)));
    }

    private Figure behind(String what, Measured closed, long start, Drain drain) {
        return Figure.counted(
                name(),
                what,
                closed.load().toString(),
                closed.good(),
                (drain.nanos() - start) / 1e9,
                drain.errors());
    }
}
