package dev.posthouse.bench.page;

import dev.posthouse.bench.driver.Identity;
import dev.posthouse.bench.driver.Measured;
import dev.posthouse.bench.driver.Wire;
import dev.posthouse.bench.driver.Work;
import dev.posthouse.bench.material.AccessUrls;
import dev.posthouse.bench.material.Bodies;
import dev.posthouse.bench.material.Bodies.Delivery;
import dev.posthouse.bench.material.Chains;
import dev.posthouse.bench.material.Device;
import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.rig.Instance;
import dev.posthouse.bench.stage.Course;
import dev.posthouse.bench.stage.Page;
import dev.posthouse.bench.stage.Scale;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.bench.watch.Watch;
import dev.posthouse.local.suite.Service;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The repository alone: certificates stored as the CA hands them over; then collected, for the
 * first time, which is a commit, and once more, which is none.
 */
public final class RepositoryPage implements Page {

    @Override
    public String name() {
        return "repository";
    }

    @Override
    public void run(Stage stage) {
        List<Delivery> deliveries = deliveries(stage);
        try (Instance repository = stage.bed().start(Service.REPOSITORY, Map.of())) {
            int clients = stage.scale().clients();
            Wire ca =
                    stage.driver()
                            .wire(
                                    repository.url(),
                                    Identity.of(stage.bed().pki(), Service.CA.module()),
                                    clients);
            Wire client =
                    stage.driver()
                            .wire(repository.url(), Identity.anonymous(stage.bed().pki()), clients);
            int stored =
                    drive(
                            stage,
                            repository,
                            deliveries.size(),
                            "stored",
                            item -> ca.post("/cert", deliveries.get(item).store()));
            Work collect =
                    item ->
                            client.post(
                                    "/" + deliveries.get(item).token(),
                                    deliveries.get(item).collect());
            drive(stage, repository, stored, "collected", collect);
            drive(stage, repository, stored, "collected again", collect);
        }
    }

    private static List<Delivery> deliveries(Stage stage) {
        Instant now = stage.clock().instant();
        List<Device> devices = Device.make(stage.scale().items());
        return Bodies.toRepository(
                devices,
                new AccessUrls(stage.bed().pki(), stage.bed().url(Service.REPOSITORY), now),
                new Chains(stage.bed().pki(), now));
    }

    /** A quarter of the items to warm up, half to measure, the rest at half load. */
    private int drive(Stage stage, Instance repository, int items, String what, Work work) {
        Scale scale = stage.scale();
        Course course = new Course(stage.driver(), items, work);
        course.closed(scale.clients(), scale.warmUp().atMost(items / 4));
        Measured closed;
        try (Watch watch = Watch.on(stage.bed(), List.of(repository), stage.clock())) {
            closed = course.closed(scale.clients(), scale.closed().atMost(items / 2));
            stage.results().add(name() + ", " + what, watch.observed(closed.items()));
        }
        stage.results().add(Figure.of(name(), what, closed));
        stage.results()
                .add(
                        Figure.of(
                                name(),
                                what + ", half load",
                                course.halfOf(closed.perSecond(), scale.open())));
        return course.begun();
    }
}
