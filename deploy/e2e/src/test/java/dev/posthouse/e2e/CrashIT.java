package dev.posthouse.e2e;

import dev.posthouse.local.suite.Service;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * kill -9 of each service while sessions run (certificates, section 15): every accepted session
 * ends in exactly one certificate.
 */
final class CrashIT {

    private static final int SESSIONS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Running suite = Running.suite();

    @ParameterizedTest
    @EnumSource(Service.class)
    void losesNothingAndDoublesNothing(Service victim) throws Exception {
        int when = RandomGenerator.getDefault().nextInt(10, SESSIONS / 2);
        System.out.printf("kill -9 of %s after %d sessions%n", victim, when);
        try (Load load = Load.of(SESSIONS, suite, PATIENCE)) {
            load.awaitEnded(when);
            suite.crash(victim);
            load.assertEachHasExactlyOneCertificate();
        }
    }
}
