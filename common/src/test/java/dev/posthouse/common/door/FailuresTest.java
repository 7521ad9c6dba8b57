package dev.posthouse.common.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 3: whose fault a failure is. */
final class FailuresTest {

    private static Refusal caused(SQLException cause) {
        return Failures.refusal(new IllegalStateException(new RuntimeException(cause)));
    }

    @Test
    void asksToComeBackWhileNoConnectionIsToBeHad() {
        Refusal refusal = caused(new SQLException("Acquisition timeout while waiting"));

        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.retryAfter()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "53300", "57P01", "40001"})
    void asksToComeBackWhileTheDatabaseIsAwayOrBusy(String state) {
        assertThat(caused(new SQLException("", state)).status()).isEqualTo(503);
    }

    @Test
    void takesTheBlameForEverythingElse() {
        Refusal refusal = caused(new SQLException("secret", "23505"));

        assertThat(refusal.status()).isEqualTo(500);
        assertThat(refusal.detail()).doesNotContain("secret");
        assertThat(Failures.refusal(new NullPointerException()).status()).isEqualTo(500);
    }

    @Test
    void endsInACircleOfCauses() {
        RuntimeException one = new RuntimeException();
        one.initCause(new RuntimeException(one));

        assertThat(Failures.refusal(one).status()).isEqualTo(500);
    }

    @Test
    void roundsAWaitUpToWholeSecondsOfAtLeastOne() {
        assertThat(Refusal.seconds(Duration.ZERO)).isEqualTo(1);
        assertThat(Refusal.seconds(Duration.ofMillis(1))).isEqualTo(1);
        assertThat(Refusal.seconds(Duration.ofSeconds(1))).isEqualTo(1);
        assertThat(Refusal.seconds(Duration.ofMillis(1_001))).isEqualTo(2);
    }
}
