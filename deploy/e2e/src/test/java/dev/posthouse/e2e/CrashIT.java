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
    private static final int SESSIONS = 200;

    /** What a victim has claimed waits for its lease; a session may meet that again and again. */
    private static final Duration PATIENCE = Duration.ofSeconds(90).plusSeconds(5L * KILLS);

    private final Running suite = Running.suite();

    @ParameterizedTest
    @EnumSource(Service.class)
    void losesNothingAndDoublesNothing(Service victim) throws Exception {
        System.out.printf("kill -9 of %s, %d times, seed %d%n", victim, KILLS, SEED);
        Random moments = new Random(SEED + victim.name().hashCode());
        try (Load load = Load.steady(CLIENTS, suite.device(), suite, PATIENCE)) {
            load.awaitEnded(CLIENTS);
            for (int kill = 0; kill < KILLS; kill++) {
                Thread.sleep(moments.nextLong(1_500));
                suite.crash(victim);
            }
            load.awaitEnded(SESSIONS);
            load.end();
            load.assertEachHasExactlyOneCertificate();
        }
    }
}
