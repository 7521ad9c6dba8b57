package dev.posthouse.client.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private final RetryPolicy policy = new RetryPolicy(new Random(7));

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 4", "5, 32", "6, 60", "7, 60", "1000000, 60"})
    void pausesDoubleToAMinuteAndSpreadByAFifth(int attempt, long seconds) {
        double least = Double.MAX_VALUE;
        double most = 0;
        for (int i = 0; i < 500; i++) {
            double share = policy.pause(attempt, Duration.ZERO).toMillis() / (seconds * 1000.0);
            least = Math.min(least, share);
            most = Math.max(most, share);
        }
        assertThat(least).isBetween(0.799, 0.82);
        assertThat(most).isBetween(1.18, 1.201);
    }

    @ParameterizedTest
    @CsvSource({"0, 30", "6, 3600", "2, 5"})
    void whatTheServerAsksForIsTheLeast(int attempt, long seconds) {
        assertThat(policy.pause(attempt, Duration.ofSeconds(seconds)))
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "6, 40"})
    void theBackoffCountsWhereTheServerAsksForLess(int attempt, long seconds) {
        assertThat(policy.pause(attempt, Duration.ofSeconds(seconds)))
                .isGreaterThan(Duration.ofSeconds(seconds));
    }
}
