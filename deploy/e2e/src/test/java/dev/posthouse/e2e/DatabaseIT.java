package dev.posthouse.e2e;

import dev.posthouse.local.suite.Part;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** PostgreSQL restarted, and killed, under load: what was acknowledged was committed. */
final class DatabaseIT {

    private static final Duration AWAY = Duration.ofSeconds(Running.LONG ? 61 : 3);
    private static final Duration PATIENCE = AWAY.plusSeconds(60);
    private static final int CLIENTS = 8;

    private final Running suite = Running.suite();

    @Test
    void comesBackAfterARestart() throws Exception {
        Part postgres = suite.processes().postgres();
        whileSessionsRun(postgres::stop);
    }

    @Test
    void comesBackAfterACrash() throws Exception {
        whileSessionsRun(suite::killDatabase);
    }

    private void whileSessionsRun(Runnable end) throws Exception {
        Part postgres = suite.processes().postgres();
        try (Load load = Load.steady(CLIENTS, suite.device(), suite, PATIENCE)) {
            load.awaitEnded(CLIENTS);
            end.run();
            Thread.sleep(AWAY);
            postgres.start();
            postgres.awaitReady(Running.PATIENCE);
            load.awaitEnded(load.ended() + CLIENTS);
            load.end();
            load.assertEachHasExactlyOneCertificate();
        }
    }
}
