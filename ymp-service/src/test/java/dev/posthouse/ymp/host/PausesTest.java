package dev.posthouse.ymp.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.FakeClock;
import dev.posthouse.ymp.TestSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long a host that says nothing is left alone (YMP, section 2). */
class PausesTest {

    private static final HostName HOST = HostName.parse("a.example");
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T19:00:00Z"));
    private final Pauses pauses = new Pauses(TestSettings.with(Map.of()), clock);

    @Test
    void leavesAloneForAMinuteAndTwiceAsLongEachTimeUpToAnHour() {
        for (int minutes : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            pauses.failed(HOST);

            clock.advance(Duration.ofMinutes(minutes).minus(MOMENT));
            assertThat(pauses.isPaused(HOST)).as("within %d minutes", minutes).isTrue();
            clock.advance(MOMENT);
            assertThat(pauses.isPaused(HOST)).as("after %d minutes", minutes).isFalse();
        }
    }

    @Test
    void countsThoseWhoWaitedForOneLookUpOnce() {
        pauses.failed(HOST);
        pauses.failed(HOST);

        clock.advance(Duration.ofMinutes(1));
        assertThat(pauses.isPaused(HOST)).isFalse();
    }

    @Test
    void beginsAnewAfterASuccess() {
        pauses.failed(HOST);
        clock.advance(Duration.ofMinutes(1));
        pauses.end(HOST);
        pauses.failed(HOST);

        clock.advance(Duration.ofMinutes(1));
        assertThat(pauses.isPaused(HOST)).isFalse();
    }

    @Test
    void leavesOthersBe() {
        pauses.failed(HOST);

        assertThat(pauses.isPaused(HostName.parse("b.example"))).isFalse();
    }
}
