package dev.posthouse.ymp.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2017-07-14T02:40:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    120                           | PT2M
                    0                             | PT0S
                    3600                          | PT1H
                    3601                          | PT1H
                    999999999999999999            | PT1H
                    99999999999999999999          | PT0S
                    -5                            | PT0S
                    1.5                           | PT0S
                    soon                          | PT0S
                    Fri, 14 Jul 2017 02:41:30 GMT | PT1M30S
                    Fri, 14 Jul 2017 02:30:00 GMT | PT0S
                    Fri, 14 Jul 2023 02:30:00 GMT | PT1H
                    Thu, 14 Jul 2017 02:41:30 GMT | PT0S
                    1, 2                          | PT0S
                    """)
    void readsSecondsAndDates(String header, Duration expected) {
        assertThat(RetryAfter.read(header, NOW)).isEqualTo(expected);
    }

    @Test
    void makesSomethingOfEverything() {
        Random random = new Random(10);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder header = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                header.append("0123456789 ,:-+FriJulGMT".charAt(random.nextInt(24)));
            }
            assertThat(RetryAfter.read(header.toString(), NOW))
                    .isBetween(Duration.ZERO, Duration.ofHours(1));
        }
    }
}
