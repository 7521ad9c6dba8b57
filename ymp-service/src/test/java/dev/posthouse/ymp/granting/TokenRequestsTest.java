package dev.posthouse.ymp.granting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.testing.FakeClock;
import dev.posthouse.ymp.TestSettings;
import dev.posthouse.ymp.YmpConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests that nobody works off: taking one reads nothing of it and looks nothing up. */
class TokenRequestsTest {

    private static final byte[] GOOD =
            "{\"host\": \"a.example\", \"state\": \"s\"}".getBytes(UTF_8);

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-22T10:00:00Z"));
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void waitUnreadUntilTheyAreTooMany() {
        TokenRequests requests =
                requests(
                        Map.of("ymp.limits.requests", "5", "ymp.limits.requests-per-address", "0"));

        for (int i = 0; i < 5; i++) {
            requests.take(address(1), i % 2 == 0 ? GOOD : new byte[] {-1});
        }
        assertThat(metrics.getMeters()).isEmpty();

        requests.take(address(1), GOOD);
        assertThat(dropped(Fate.FULL)).isEqualTo(1);
    }

    /** However few they are. */
    @Test
    void waitUntilTheyAreTooLongTogether() {
        TokenRequests requests = requests(Map.of("ymp.limits.requests-per-address", "0"));
        byte[] long16 = new byte[16 * 1024];

        for (int i = 0; i < TokenRequests.MOST_OCTETS / long16.length; i++) {
            requests.take(address(1), long16);
        }
        assertThat(metrics.getMeters()).isEmpty();

        requests.take(address(1), GOOD);
        assertThat(dropped(Fate.FULL)).isEqualTo(1);
        requests.take(address(1), new byte[0]);
        assertThat(dropped(Fate.FULL)).isEqualTo(1);
    }

    @Test
    void areSixtyAMinuteFromEachAddress() {
        TokenRequests requests = requests(Map.of());

        for (int i = 0; i < 61; i++) {
            requests.take(address(1), GOOD);
        }
        requests.take(address(2), GOOD);

        assertThat(dropped(Fate.LIMITED)).isEqualTo(1);
    }

    private TokenRequests requests(Map<String, String> settings) {
        YmpConfig config = TestSettings.with(settings);
        return new TokenRequests(null, new Retries(config, clock), config, metrics);
    }

    private double dropped(Fate fate) {
        return metrics.counter("posthouse.ymp.requests", "result", fate.code()).count();
    }

    private static IpAddress address(int last) {
        return IpAddress.parse("198.51.100." + last);
    }
}
