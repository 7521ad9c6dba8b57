package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.posthouse.local.suite.Part;
import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.Loopback;
import dev.posthouse.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The database's disk is full, under load: what cannot be kept is refused for a while, nothing is
 * acknowledged and lost, and with room again everything goes on. Skipped where no small disk can be
 * mounted.
 */
@Tag("soak")
final class FullDiskIT {

    private static final int MEGABYTES = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration FULL = Duration.ofSeconds(Running.LONG ? 61 : 8);
    private static final int SESSIONS = 40;
    private static final int CLIENTS = 8;

    private final CsrMaker maker = CsrMaker.p256();

    private Path directory;
    private SmallDisk disk;

    @BeforeEach
    void mount() {
        directory = Loopback.temporaryDirectory("full");
        Optional<SmallDisk> mounted = SmallDisk.mount(directory.resolve("postgres"), MEGABYTES);
        assumeTrue(mounted.isPresent(), "a file system can be mounted");
        disk = mounted.orElseThrow();
    }

    @AfterEach
    void unmount() {
        if (disk != null) {
            disk.close();
        }
        Loopback.delete(directory);
    }

    @Test
    void refusesForAWhileAndLosesNothing() throws Exception {
        try (Running suite = Running.apart(directory, List.of());
                Load load = Load.steady(CLIENTS, suite.device(), suite, PATIENCE)) {
            Device device = suite.device();
            load.awaitEnded(CLIENTS);
            Map<Device.Session, Device.Answer> before = submit(device, MOMENT);
            disk.fill();
            Map<Device.Session, Device.Answer> meanwhile = submit(device, FULL);
            disk.makeRoom();
            revive(suite.processes().postgres());
            load.awaitEnded(load.ended() + CLIENTS);

            assertThat(before.values()).allMatch(answer -> answer.status() == 200);
            assertThat(meanwhile.values())
                    .anyMatch(answer -> answer.status() == 503)
                    .allMatch(answer -> answer.status() == 200 || isAway(answer));
            assertAllObtained(device, before);
            assertAllObtained(device, meanwhile);
            load.end();
            load.assertEachHasExactlyOneCertificate();
            assertNoneFailed(suite);
        }
    }

    /** Some CSRs in this time, each once, and what it was answered. */
    private Map<Device.Session, Device.Answer> submit(Device device, Duration length)
            throws IOException, InterruptedException {
        Map<Device.Session, Device.Answer> answers = new LinkedHashMap<>();
        for (int i = 0; i < SESSIONS; i++) {
            Device.Session session = Device.session(maker);
            answers.put(session, device.submit(session));
            Thread.sleep(length.dividedBy(SESSIONS));
        }
        return answers;
    }

    private static boolean isAway(Device.Answer answer) {
        return answer.status() == 503
                && answer.retryAfter()
                && answer.text("code").equals("dependency.database");
    }

    /** What was accepted is collected by its AccessURL; what was refused is asked for again. */
    private static void assertAllObtained(
            Device device, Map<Device.Session, Device.Answer> answers) {
        answers.forEach((session, answer) ->
                assertThat(ending(device, session, answer))
                        .as("the session that was answered %s", answer)
                        .map(Device.Answer::status)
                        .contains(200));
    }

    private static Optional<Device.Answer> ending(
            Device device, Device.Session session, Device.Answer answer) {
        return answer.status() == 200
                ? Device.persist(
                        () -> device.collect(answer.text("access_url"), session),
                        System.nanoTime() + PATIENCE.toNanos())
                : device.obtain(session, PATIENCE);
    }

    /** Neither towards clients nor between the services: what cannot be kept is no 500. */
    private static void assertNoneFailed(Running suite) throws Exception {
        ExposedMetrics metrics = new ExposedMetrics();
        for (Service service : Service.values()) {
            metrics.scrape(suite.processes().service(service).managementUrl());
        }
        assertThat(metrics.labels().get("posthouse_refusals_total").get("code"))
                .contains("dependency.database")
                .doesNotContain("internal");
    }

    /** PostgreSQL ends when it cannot write its log, and its host with it. */
    private static void revive(Part postgres) throws InterruptedException {
        Thread.sleep(Duration.ofSeconds(3));
        postgres.start();
        postgres.awaitReady(Running.PATIENCE);
    }
}
