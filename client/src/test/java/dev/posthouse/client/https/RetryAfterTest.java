package dev.posthouse.client.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0                             | 0
                    120                           | 120
                     7                            | 7
                    Sun, 22 Nov 2026 10:01:30 GMT | 90
                    Sun, 22 Nov 2026 09:00:00 GMT | 0
                    """)
    void secondsAndDatesAreRead(String value, long seconds) {
        assertThat(RetryAfter.read(value, CLOCK)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "99999999999999", "2026-11-22", "0x10"})
    void anythingElseSaysNothing(String value) {
        assertThat(RetryAfter.read(value, CLOCK)).isEmpty();
    }
}
