package dev.posthouse.e2e;

import dev.posthouse.local.suite.Service;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * kill -9 of each service while sessions run (certificates, section 15): every accepted session
 * ends in exactly one certificate. Once each, or as often as {@code -Dkills} says; {@code -Dseed}
 * repeats the moments of an earlier run.
 */
final class CrashIT {

    private static final int KILLS = Integer.getInteger("posthouse.kills", 1);
    private static final long SEED =
            Long.getLong("posthouse.seed", System.currentTimeMillis() % 1_000_000);
    private static final int CLIENTS = 25;

    /** No client gives up while services are being killed. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /**
     * From the last restart on: what the victim had claimed waits for its lease, once as a request
     * and once as a delivery, and the caller's circuit breaker and pause for a second each.
     */
    private static final Duration SETTLE = Duration.ofSeconds(30);

    private final Running suite = Running.suite();

    @ParameterizedTest
    @EnumSource(value = Service.class, mode = EnumSource.Mode.EXCLUDE, names = "YMP")
    void losesNothingAndDoublesNothing(Service victim) throws Exception {
        System.out.printf("kill -9 of %s, %d times, seed %d%n", victim, KILLS, SEED);
        Random moments = new Random(SEED + victim.name().hashCode());
        try (Load load = Load.steady(CLIENTS, suite.device(), suite, PATIENCE)) {
            load.awaitEnded(CLIENTS, Running.PATIENCE);
            for (int kill = 0; kill < KILLS; kill++) {
                Thread.sleep(moments.nextLong(1_500));
                suite.crash(victim);
            }
            long last = System.nanoTime();
            load.settle(SETTLE);
            System.out.printf(
                    "%d sessions, settled after %.1f s%n",
                    load.ended(), (System.nanoTime() - last) / 1e9);
            load.assertEachHasExactlyOneCertificate();
        }
    }
}
