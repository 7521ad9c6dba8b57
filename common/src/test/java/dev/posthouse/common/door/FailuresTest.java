package dev.posthouse.common.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.posthouse.common.x509.SessionName;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
        assertThat(Failures.refusal(null).status()).isEqualTo(500);
    }

    static Stream<Arguments> frameworkRefusals() {
        return Stream.of(
                Arguments.of(
                        400, "json.field", MismatchedInputException.from(null, String.class, "x")),
                Arguments.of(400, "json.field", new ConstraintViolationException(Set.of())),
                Arguments.of(400, "session.name", badName()),
                Arguments.of(401, "caller.unauthenticated", new UnauthorizedException()),
                Arguments.of(401, "caller.unauthenticated", new AuthenticationFailedException()),
                Arguments.of(403, "caller.role", new ForbiddenException()));
    }

    private static Throwable badName() {
        return catchThrowable(() -> new SessionName("short"));
    }

    @ParameterizedTest
    @MethodSource("frameworkRefusals")
    void putsTheFrameworksRefusalsInOurWords(int status, String code, Throwable refused) {
        Refusal refusal = Failures.refusal(refused);

        assertThat(refusal.status()).isEqualTo(status);
        assertThat(refusal.code()).isEqualTo(code);
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
