package dev.posthouse.ymp.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.call.Answer;
import dev.posthouse.testing.FakeClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** YMP, section 8. */
class ClockSkewTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ClockSkew skew =
            new ClockSkew(new FakeClock(Instant.parse("2026-11-22T19:00:00Z")), metrics);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 22 Nov 2026 19:05:01 GMT",
                "Sun, 22 Nov 2026 18:54:59 GMT",
                "Thu, 1 Jan 1970 00:00:00 GMT"
            })
    void countsClocksThatAreFarOff(String date) {
        skew.look(answer(Map.of("date", date)));

        assertThat(counted()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 22 Nov 2026 19:05:00 GMT",
                "Sun, 22 Nov 2026 18:55:00 GMT",
                "Mon, 22 Nov 2026 12:00:00 GMT",
                "yesterday",
                "",
                "Sun, 22 Nov 2026 12:00:00 GMT, Sun, 22 Nov 2026 12:00:00 GMT"
            })
    void countsNothingElse(String date) {
        skew.look(answer(Map.of("date", date)));
        skew.look(answer(Map.of()));

        assertThat(counted()).isZero();
    }

    private double counted() {
        return metrics.counter("posthouse.ymp.clock.skew").count();
    }

    private static Answer answer(Map<String, String> headers) {
        return new Answer(204, headers, new byte[0], false);
    }
}
