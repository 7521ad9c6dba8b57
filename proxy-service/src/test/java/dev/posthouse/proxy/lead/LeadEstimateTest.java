package dev.posthouse.proxy.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.proxy.ProxySettings;
import dev.posthouse.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Certificates, sections 8 and 9: what a client is told to wait. */
final class LeadEstimateTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final FakeClock clock = new FakeClock(NOW);
    private final LeadEstimate lead = new LeadEstimate(ProxySettings.of(), clock);

    @Test
    void isTheInitialValueAtFirstAndThenWhatCertificatesTake() {
        assertThat(lead.seconds()).isEqualTo(5);

        lead.sample(Duration.ofMillis(1_200));

        assertThat(lead.seconds()).isEqualTo(3);
    }

    @Test
    void isNeverLessThanTheAgeOfTheOldestThatWaits() {
        lead.waitingSince(Optional.of(NOW.minusSeconds(40)));
        assertThat(lead.seconds()).isEqualTo(40);

        clock.advance(Duration.ofMillis(1));
        assertThat(lead.seconds()).isEqualTo(41);

        lead.waitingSince(Optional.empty());
        assertThat(lead.seconds()).isEqualTo(5);
    }

    @Test
    void isHonestBeyondItsMostWhileTheCaIsAway() {
        lead.waitingSince(Optional.of(NOW.minusSeconds(900)));

        assertThat(lead.seconds()).isEqualTo(900);
    }

    @Test
    void takesNoHarmFromAClockThatIsBehind() {
        lead.waitingSince(Optional.of(NOW.plusSeconds(60)));

        assertThat(lead.seconds()).isEqualTo(5);
        assertThat(lead.age()).isZero();
    }

    @Test
    void isWhatRemainsForARepeat() {
        assertThat(lead.remaining(NOW.minusSeconds(2), false)).isEqualTo(3);
        assertThat(lead.remaining(NOW.minusSeconds(60), false)).isZero();
        assertThat(lead.remaining(NOW.minusSeconds(60), true)).isEqualTo(5);
    }

    @Test
    void namesBoundsThatContradictEachOther() {
        assertThatThrownBy(
                        () -> new LeadEstimate(ProxySettings.of("proxy.lead.min", "400s"), clock))
                .hasMessageStartingWith("proxy.lead.min: ");
    }
}
