package dev.posthouse.bench.ymp;

import dev.posthouse.bench.driver.Identity;
import dev.posthouse.bench.driver.Latencies;
import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.rig.Bed;
import dev.posthouse.bench.rig.Instance;
import dev.posthouse.bench.rig.Sql;
import dev.posthouse.bench.stage.Drain;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.bench.watch.Watch;
import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.Loopback;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * A host that has gone away with very many messages waiting for it: how often it is tried, and what
 * the messages to another host have of it.
 */
public final class AwayHost {

    private static final String PAGE = "ymp";
    private static final int DIGITS = 3;
    private static final long PATIENCE = 20;

    private static final String WAIT =
            "insert into outgoing (host, id, content_hash, octets, message, posted)"
                    + " select ?, 'waits-' || n, sha256(n::text::bytea), 300,"
                    + " replace(?, 'ID', 'waits-' || n), now() from generate_series(1, ?) n";
    private static final String STEPS = "select failures from peer where host = ?";

    private final Stage stage;
    private final Bed bed;
    private final Identity identity;

    /**
     * @param stage where
     */
    public AwayHost(Stage stage) {
        this.stage = stage;
        this.bed = stage.bed();
        this.identity = Identity.of(bed.pki(), Service.YMP.module());
    }

    /**
     * @param messages to the host that is there, one at a time
     * @param waiting messages for the one that is not
     */
    public void measure(int messages, int waiting) {
        int there = Loopback.freePort();
        int gone = Loopback.freePort();
        Map<String, String> settings =
                HostSettings.of(
                        bed,
                        bed.url(Service.YMP),
                        List.of("localhost:" + there, "localhost:" + gone));
        // Short steps, so that a look sees many of them.
        settings.put("ymp.backoff.first", "100ms");
        settings.put("ymp.backoff.cap", "500ms");
        try (Instance host = bed.start(Service.YMP, settings);
                Sql database = new Sql(bed.jdbcUrl(Service.YMP));
                OtherHost live = new OtherHost(stage.driver(), identity, there, host.url());
                OtherHost away = new OtherHost(stage.driver(), identity, gone, host.url())) {
            Application application = Application.of(stage.driver(), bed.pki(), host);
            takesTime(application, live, messages);
            takesTime(application, away, 1);
            add("posted until another host has it", application, live, messages);
            away.goAway();
            long start = System.nanoTime();
            database.run(WAIT, away.name(), message(host, away), waiting);
            application.post(away.name());
            try (Watch watch = Watch.on(bed, List.of(host), stage.clock())) {
                add("the same, beside a host away", application, live, messages);
                stage.results().add(PAGE + ", a host away", watch.observed(messages));
            }
            addProbes(database, away, waiting, (System.nanoTime() - start) / 1e9);
            database.run("delete from outgoing");
        }
    }

    /** Sent as it stands, if the host that is away came back. */
    private static String message(Instance host, OtherHost away) {
        return ("{\"sender\":{\"host\":\"%s\",\"protocol\":\"bench\",\"service\":\"notes\"},\"id\":\"ID\","
                        + "\"host\":\"%s\",\"protocol\":\"bench\",\"service\":\"notes\","
                        + "\"action\":\"put\",\"payload\":{\"text\":\"%s\"}}")
                .formatted(host.url().getAuthority(), away.name(), "x".repeat(150));
    }

    private void add(String what, Application application, OtherHost live, int messages) {
        long start = System.nanoTime();
        Histogram micros = takesTime(application, live, messages);
        stage.results()
                .add(
                        Figure.counted(
                                        PAGE,
                                        what,
                                        "one at a time",
                                        messages,
                                        (System.nanoTime() - start) / 1e9,
                                        Map.of())
                                .timed(Latencies.of(micros)));
    }

    private static Histogram takesTime(Application application, OtherHost host, int messages) {
        Histogram micros = new Histogram(DIGITS);
        for (int i = 0; i < messages; i++) {
            long start = System.nanoTime();
            String id = application.post(host.name());
            micros.recordValue(Math.max(0, arrived(host, id) - start) / 1000);
        }
        return micros;
    }

    private static long arrived(OtherHost host, String id) {
        try {
            return host.arrival(id).get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("did not arrive: " + id, e);
        }
    }

    /** A probe under way is counted by the host before its step is by the one that tries. */
    private void addProbes(Sql database, OtherHost away, int waiting, double seconds) {
        Drain even =
                Drain.await(() -> away.probes() == database.number(STEPS, away.name()) ? 1 : 0, 1);
        long probes = away.probes();
        stage.results()
                .add(
                        Figure.counted(
                                PAGE,
                                "probes of the host away, one a step",
                                waiting + " wait",
                                probes,
                                seconds,
                                even.missing() == 0 ? Map.of() : Map.of("more or less", probes)));
    }
}
