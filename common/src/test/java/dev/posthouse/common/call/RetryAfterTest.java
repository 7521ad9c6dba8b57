package dev.posthouse.common.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2017-07-14T02:40:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

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
                    Friday, 14-Jul-17 02:41:30 GMT | PT1M30S
                    Fri Jul 14 02:41:30 2017      | PT1M30S
                    Sat Jul  1 02:41:30 2017      | PT0S
                    """)
    void readsSecondsAndDates(String header, Duration expected) {
        assertThat(RetryAfter.read(header, NOW, HOUR)).isEqualTo(expected);
    }

    @Test
    void countsFromTheHostsOwnClock() {
        String until = "Fri, 14 Jul 2017 12:00:30 GMT";

        assertThat(RetryAfter.of(answer(Map.of("retry-after", until)), NOW, HOUR)).isEqualTo(HOUR);
        assertThat(
                        RetryAfter.of(
                                answer(
                                        Map.of(
                                                "retry-after",
                                                until,
                                                "date",
                                                "Fri, 14 Jul 2017 12:00:00 GMT")),
                                NOW,
                                HOUR))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryAfter.of(answer(Map.of()), NOW, HOUR)).isEqualTo(Duration.ZERO);
    }

    private static Answer answer(Map<String, String> headers) {
        return new Answer(503, headers, new byte[0], false);
    }

    @Test
    void makesSomethingOfEverything() {
        Random random = new Random(10);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder header = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                header.append("0123456789 ,:-+FriJulGMT".charAt(random.nextInt(24)));
            }
            assertThat(RetryAfter.read(header.toString(), NOW, HOUR))
                    .isBetween(Duration.ZERO, HOUR);
        }
    }
}
