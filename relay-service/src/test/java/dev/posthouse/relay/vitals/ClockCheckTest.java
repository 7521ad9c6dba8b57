package dev.posthouse.relay.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class ClockCheckTest {

    @Test
    void tellsWhereTheClockWasSet() {
        Instant then = Instant.parse("2026-11-22T05:06:10Z");

        HealthCheckResponse response = new ClockCheck(Optional.of(then)).call();

        assertThat(response.getStatus()).isEqualTo(Status.UP);
        assertThat(response.getData()).contains(Map.of("posthouse.clock", then.toString()));
    }

    @Test
    void tellsNothingOfTheSystemsClock() {
        HealthCheckResponse response = new ClockCheck(Optional.empty()).call();

        assertThat(response.getStatus()).isEqualTo(Status.UP);
        assertThat(response.getData()).isEmpty();
    }
}
