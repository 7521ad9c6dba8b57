package dev.posthouse.ymp.asking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.guard.HostName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a token is used, and when the next is asked for (YMP, section 4). */
class HeldTokenTest {

    private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");

    @ParameterizedTest(name = "of {0} ms the last {1} ms are not used")
    @CsvSource({"3600000, 30000", "300000, 30000", "200000, 20000", "3000, 300", "10, 1"})
    void isNotUsedShortlyBeforeItEnds(long life, long early) {
        HeldToken token = living(Duration.ofMillis(life));
        Instant end = NOW.plusMillis(life - early);

        assertThat(token.isUsable(NOW)).isTrue();
        assertThat(token.isUsable(end.minusMillis(1))).isTrue();
        assertThat(token.isUsable(end)).isFalse();
        assertThat(token.isUsable(NOW.plusMillis(life + 1))).isFalse();
    }

    @ParameterizedTest(name = "of {0} s after {1} s")
    @CsvSource({"3600, 2880", "10, 8", "1, 0.8"})
    void agesAfterFourFifths(long life, double aging) {
        HeldToken token = living(Duration.ofSeconds(life));
        Instant begin = NOW.plusMillis((long) (aging * 1000));

        assertThat(token.isAging(begin.minusMillis(1))).isFalse();
        assertThat(token.isAging(begin)).isTrue();
    }

    @Test
    void isAgingWhileItIsUsableEvenIfItIsShort() {
        for (int millis = 1000; millis < 400_000; millis += 97) {
            HeldToken token = living(Duration.ofMillis(millis));
            Instant begin = NOW.plusMillis(millis * 8L / 10 + 1);

            assertThat(token.isAging(begin) && token.isUsable(begin)).as("%d ms", millis).isTrue();
        }
    }

    @Test
    void doesNotSayIt() {
        assertThat(living(Duration.ofHours(1)).toString())
                .contains("b.example")
                .doesNotContain("SECRET");
    }

    private static HeldToken living(Duration life) {
        return new HeldToken(HostName.parse("b.example"), "SECRET", NOW, NOW.plus(life));
    }
}
