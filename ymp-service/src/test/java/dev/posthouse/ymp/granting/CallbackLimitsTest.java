package dev.posthouse.ymp.granting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.FakeClock;
import dev.posthouse.ymp.TestSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallbackLimitsTest {

    private static final HostName HOST = HostName.parse("a.example");
    private static final HostName OTHER = HostName.parse("b.example");

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final CallbackLimits limits = new CallbackLimits(TestSettings.with(Map.of()), clock);

    @Test
    void allowTenCallbacksAMinuteForEachHost() {
        for (int i = 0; i < 10; i++) {
            assertThat(limits.take(HOST)).isTrue();
        }
        assertThat(limits.take(HOST)).isFalse();
        assertThat(limits.take(OTHER)).isTrue();
    }

    @Test
    void allowAnyNumberWhenOff() {
        CallbackLimits off =
                new CallbackLimits(
                        TestSettings.with(Map.of("ymp.limits.callbacks-per-host", "0")), clock);
        for (int i = 0; i < 1_000; i++) {
            assertThat(off.take(HOST)).isTrue();
        }
    }

    @Test
    void leaveAHostAloneAfterTenFailuresInARow() {
        fail(9);
        assertThat(limits.isPaused(HOST)).isFalse();
        fail(1);
        assertThat(limits.isPaused(HOST)).isTrue();
        assertThat(limits.isPaused(OTHER)).isFalse();

        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(limits.isPaused(HOST)).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(limits.isPaused(HOST)).isFalse();
    }

    @Test
    void forgetFailuresOnceOneIsGranted() {
        fail(9);
        limits.granted(HOST);
        fail(1);
        assertThat(limits.isPaused(HOST)).isFalse();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            limits.failed(HOST);
        }
    }
}
