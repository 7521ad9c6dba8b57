package dev.posthouse.ymp.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifetimeTest {

    private static final Duration UNSAID = Duration.ofSeconds(42);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                           | 42",
                "public                       | 42",
                "s-maxage=700                 | 42",
                "x-max-age=700                | 42",
                "max-age=700                  | 700",
                "MAX-AGE=700                  | 700",
                "public, max-age=700          | 700",
                "max-age = \"700\", immutable | 700",
                "max-age=700, max-age=800     | 700",
                "max-age=0                    | 300",
                "max-age=299                  | 300",
                "max-age=86400                | 86400",
                "max-age=86401                | 86400",
                "max-age=9999999999           | 86400",
                "max-age=99999999999999999999 | 86400",
                "max-age                      | 300",
                "max-age=                     | 300",
                "max-age=-5                   | 300",
                "max-age=1e9                  | 300",
                "no-store                     | 300",
                "no-cache, max-age=700        | 300",
                ", ,max-age=700;              | 300",
                "\"                           | 42"
            })
    void isWhatTheHostSaysWithinBounds(String cacheControl, long seconds) {
        assertThat(Lifetime.of(cacheControl, UNSAID)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
