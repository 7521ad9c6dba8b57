package dev.posthouse.common.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Certificates, section 11: so many per period for each key. */
final class RateLimitTest {

    @Test
    void letsSoManyInAndTellsTheRestHowLongToWait() {
        RateLimit limit = new RateLimit(3, Duration.ofMinutes(1));

        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("a")).isEmpty();
        }

        assertThat(limit.take("a"))
                .hasValueSatisfying(wait -> {
                    assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(20));
                });
    }

    @Test
    void countsEachKeyForItself() {
        RateLimit limit = new RateLimit(1, Duration.ofMinutes(1));

        assertThat(limit.take("a")).isEmpty();
        assertThat(limit.take("b")).isEmpty();
        assertThat(limit.take("a")).isPresent();
    }

    @Test
    void fillsUpAgainAsTimePasses() throws InterruptedException {
        RateLimit limit = new RateLimit(1, Duration.ofMillis(50));
        assertThat(limit.take("a")).isEmpty();
        Duration wait = limit.take("a").orElseThrow();

        Thread.sleep(wait.plusMillis(20));

        assertThat(limit.take("a")).isEmpty();
    }

    @Test
    void inWholePeriodsLetsNobodyInBeforeOneIsOver() throws InterruptedException {
        RateLimit limit = RateLimit.inWholePeriods(10, Duration.ofSeconds(1));
        for (int i = 0; i < 10; i++) {
            assertThat(limit.take("a")).isEmpty();
        }

        Thread.sleep(300);
        Duration wait = limit.take("a").orElseThrow();
        Thread.sleep(wait.plusMillis(20));

        for (int i = 0; i < 10; i++) {
            assertThat(limit.take("a")).isEmpty();
        }
    }

    @Test
    void chargesMoreForACallThatWasLetIn() {
        RateLimit limit = new RateLimit(4, Duration.ofMinutes(1));
        assertThat(limit.take("a")).isEmpty();

        limit.charge("a", 3);

        assertThat(limit.take("a")).isPresent();
    }

    @Test
    void isNoLimitAtZero() {
        RateLimit none = new RateLimit(0, Duration.ofMinutes(1));
        none.charge("a", 1_000);

        for (int i = 0; i < 1_000; i++) {
            assertThat(none.take("a")).isEmpty();
        }
    }
}
