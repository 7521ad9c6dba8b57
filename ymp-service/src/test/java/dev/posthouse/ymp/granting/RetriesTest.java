package dev.posthouse.ymp.granting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.FakeClock;
import dev.posthouse.ymp.TestSettings;
import dev.posthouse.ymp.granting.Sent.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetriesTest {

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final Retries retries =
            new Retries(TestSettings.with(Map.of("ymp.backoff.first", "1ms")), clock);
    private final Retries.Row row = retries.begin();

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "UNREACHABLE"})
    void areThree(Outcome outcome) {
        for (int i = 0; i < 3; i++) {
            assertThat(row.next(Sent.of(outcome))).isTrue();
        }
        assertThat(row.next(Sent.of(outcome))).isFalse();
    }

    @Test
    void areOneAfterTimeouts() {
        assertThat(row.next(Sent.of(Outcome.TIMEOUT))).isTrue();
        assertThat(row.next(Sent.of(Outcome.TIMEOUT))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"GRANTED", "REFUSED", "NOWHERE", "BROKEN", "UNCALLABLE"})
    void areNoneAfterAnythingElse(Outcome outcome) {
        assertThat(row.next(Sent.of(outcome))).isFalse();
    }

    @Test
    void areMadeWithin30Seconds() {
        clock.advance(Duration.ofSeconds(30));
        assertThat(row.next(Sent.of(Outcome.BUSY))).isFalse();
    }

    @Test
    void areNotMadeForAHostThatAsksForMoreTime() {
        assertThat(row.next(new Sent(Outcome.BUSY, Optional.of(Duration.ofSeconds(31))))).isFalse();
        assertThat(retries.begin().next(new Sent(Outcome.BUSY, Optional.of(Duration.ZERO))))
                .isTrue();
    }

    @Test
    void endWhenTheServiceStops() {
        retries.stop();
        assertThat(row.next(new Sent(Outcome.BUSY, Optional.of(Duration.ofSeconds(29))))).isFalse();
    }
}
