package dev.posthouse.common.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Certificates, section 8: how lead_time is made. */
final class LeadTimeTest {

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final LeadTime lead =
            new LeadTime(
                    Duration.ofSeconds(1), Duration.ofSeconds(300), Duration.ofSeconds(5), clock);

    private void samples(int number, Duration taken) {
        for (int i = 0; i < number; i++) {
            lead.sample(taken);
        }
    }

    @Test
    void isTheInitialValueBeforeTheFirstSample() {
        assertThat(lead.seconds()).isEqualTo(5);
    }

    @Test
    void isTheSampleRoundedUpPlusOne() {
        samples(1, Duration.ofMillis(2_001));

        assertThat(lead.seconds()).isEqualTo(4);
    }

    @Test
    void doesNotRoundAWholeSecond() {
        samples(1, Duration.ofSeconds(2));

        assertThat(lead.seconds()).isEqualTo(3);
    }

    @Test
    void isThe99thPercentile() {
        samples(99, Duration.ofSeconds(2));
        samples(1, Duration.ofSeconds(60));
        assertThat(lead.seconds()).isEqualTo(3);

        samples(1, Duration.ofSeconds(60));
        assertThat(lead.seconds()).isEqualTo(61);
    }

    @Test
    void staysWithinItsBounds() {
        samples(1, Duration.ofDays(1));
        assertThat(lead.seconds()).isEqualTo(300);

        LeadTime patient =
                new LeadTime(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(12),
                        clock);
        patient.sample(Duration.ZERO);
        assertThat(patient.seconds()).isEqualTo(10);
    }

    @Test
    void takesANegativeTimeForNone() {
        samples(1, Duration.ofSeconds(-30));

        assertThat(lead.seconds()).isEqualTo(1);
    }

    @Test
    void forgetsSamplesAfterFiveMinutesAndKeepsTheLastValue() {
        samples(10, Duration.ofSeconds(30));
        assertThat(lead.seconds()).isEqualTo(31);

        clock.advance(Duration.ofMinutes(2));
        samples(1, Duration.ofSeconds(1));
        assertThat(lead.seconds()).isEqualTo(31);

        clock.advance(Duration.ofMinutes(4));
        assertThat(lead.seconds()).isEqualTo(2);

        clock.advance(Duration.ofDays(1));
        assertThat(lead.seconds()).isEqualTo(2);
    }

    @Test
    void startsASlotAfreshWhenItsTurnComesAgain() {
        samples(1, Duration.ofSeconds(30));
        clock.advance(Duration.ofMinutes(5));
        samples(1, Duration.ofSeconds(1));

        assertThat(lead.seconds()).isEqualTo(2);
    }
}
