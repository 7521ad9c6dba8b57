package dev.posthouse.bench.ymp;

import dev.posthouse.bench.driver.Latencies;
import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.rig.Bed;
import dev.posthouse.bench.rig.Instance;
import dev.posthouse.bench.rig.Sql;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.Loopback;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * From a message posted to a host whose token we have not, until we have it: the pause in which
 * others may join the message, the request, the callback of the other host, the commit. Both are
 * real, on databases of their own; neither has anything else to do.
 */
public final class TokenTimes {

    private static final String OTHER = "posthouse_ymp_other";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long GLANCE = 300_000;
    private static final int DIGITS = 3;

    private static final String FORGET_TOKEN = "delete from held_token";
    private static final String FORGET_ASKING =
            "update peer set asked_at = null, awaiting_until = null";
    private static final String TOKENS = "select count(*) from held_token where host = ?";
    private static final String WAITING =
            "select count(*) from outgoing where sent is null and dead is null";

    private final Stage stage;
    private final Bed bed;

    /**
     * @param stage where
     */
    public TokenTimes(Stage stage) {
        this.stage = stage;
        this.bed = stage.bed();
    }

    /** So many times, one after another. */
    public void measure(int times) {
        URI here = bed.url(Service.YMP);
        URI there = URI.create("https://localhost:" + Loopback.freePort());
        bed.makeDatabase(Service.YMP, OTHER);
        Map<String, String> ours = HostSettings.of(bed, here, List.of(there.getAuthority()));
        Map<String, String> theirs = HostSettings.of(bed, there, List.of(here.getAuthority()));
        try (Instance one = bed.start(Service.YMP, ours);
                Instance other = bed.startParty(Service.YMP, OTHER, theirs);
                Sql database = new Sql(bed.jdbcUrl(Service.YMP))) {
            Application application = Application.of(stage.driver(), bed.pki(), one);
            String peer = other.url().getAuthority();
            for (int warmUp = 0; warmUp < times; warmUp++) {
                once(application, database, peer);
            }
            measure(times, application, database, peer);
        }
    }

    private void measure(int times, Application application, Sql database, String peer) {
        Histogram micros = new Histogram(DIGITS);
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            micros.recordValue(once(application, database, peer) / 1000);
        }
        stage.results()
                .add(
                        Figure.counted(
                                        "ymp",
                                        "posted until a token is held",
                                        "one at a time",
                                        times,
                                        (System.nanoTime() - start) / 1e9,
                                        Map.of())
                                .timed(Latencies.of(micros)));
    }

    private static long once(Application application, Sql database, String peer) {
        database.run(FORGET_TOKEN);
        database.run(FORGET_ASKING);
        long start = System.nanoTime();
        application.post(peer);
        await(() -> database.number(TOKENS, peer) > 0, "no token came");
        long took = System.nanoTime() - start;
        await(() -> database.number(WAITING) == 0, "the message was not sent");
        return took;
    }

    private static void await(BooleanSupplier done, String otherwise) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(otherwise);
            }
            LockSupport.parkNanos(GLANCE);
        }
    }
}
