package dev.posthouse.bench.neighbour;

import dev.posthouse.bench.driver.Identity;
import dev.posthouse.bench.driver.Measured;
import dev.posthouse.bench.driver.Wire;
import dev.posthouse.bench.material.Bodies;
import dev.posthouse.bench.material.Device;
import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.stage.Course;
import dev.posthouse.bench.stage.Page;
import dev.posthouse.bench.stage.Scale;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.client.pki.Authority;
import dev.posthouse.client.pki.Constraints;
import dev.posthouse.client.pki.IssuingCa;
import dev.posthouse.client.pki.KeyType;
import dev.posthouse.client.pki.RootCa;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Another CA: one hop, plain HTTP, certificates recorded in SQLite, on requests made as ours are.
 * Once as its documentation sets SQLite up, which the aims are measured by, and once with a
 * write-ahead log, which suits SQLite better.
 */
public final class Cfssl implements Page {

    /** As documented. */
    public static final String SIGNED = "signed";

    @Override
    public String name() {
        return "cfssl";
    }

    @Override
    public void run(Stage stage) {
        if (!CfsslServer.installed()) {
            stage.results()
                    .leaveOut(
                            "cfssl: the programs cfssl and sqlite3 are not both installed;"
                                    + " on Debian: apt-get install golang-cfssl sqlite3");
            return;
        }
        measure(stage, SIGNED, "");
        measure(stage, "signed, write-ahead log", "pragma journal_mode=wal;");
    }

    private void measure(Stage stage, String what, String pragma) {
        Scale scale = stage.scale();
        List<Device> devices = Device.make(scale.warmUp().items() + scale.closed().items());
        List<Buffer> bodies = Bodies.toCfssl(devices);
        Path directory = stage.bed().scratch().resolve(what.replaceAll("[^a-z]", "-"));
        try (CfsslServer server = CfsslServer.start(directory, authority(stage), pragma)) {
            stage.bed().adopt(server.program().process());
            Wire door =
                    stage.driver()
                            .wire(
                                    server.url(),
                                    Identity.anonymous(stage.bed().pki()),
                                    scale.clients());
            Course course =
                    new Course(
                            stage.driver(),
                            devices.size(),
                            item -> door.post("/api/v1/cfssl/sign", bodies.get(item)));
            long warm = course.closed(scale.clients(), scale.warmUp()).good();
            Measured closed = course.closed(scale.clients(), scale.closed());
            stage.results().add(Figure.of(name(), what, closed));
            long missing = warm + closed.good() - CfsslServer.recorded(directory);
            if (missing != 0) {
                stage.results()
                        .leaveOut(
                                "cfssl has signed %d more than it has recorded".formatted(missing));
            }
        }
    }

    private static Authority authority(Stage stage) {
        Authority root = RootCa.create(RootCa.NAME, stage.clock());
        Constraints everywhere = new Constraints("devices.example", Constraints.EVERYWHERE);
        return new IssuingCa(IssuingCa.NAME, KeyType.P256, everywhere).create(root, stage.clock());
    }
}
