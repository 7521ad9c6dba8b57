package dev.posthouse.common.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Certificates, section 9: 1 s·2ⁿ, at most five minutes, full jitter. */
final class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    @Test
    void doublesUpToTheCap() {
        assertThat(IntStream.rangeClosed(1, 11).mapToObj(n -> backoff.bound(n).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L);
        assertThat(backoff.bound(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void jittersOverTheWholeSpan() {
        Random random = new Random(1);

        var waits =
                IntStream.range(0, 1_000)
                        .mapToObj(n -> backoff.after(4, random).toMillis())
                        .toList();

        assertThat(waits).allMatch(wait -> wait >= 0 && wait <= 8_000);
        assertThat(waits).anyMatch(wait -> wait < 800).anyMatch(wait -> wait > 7_200);
    }
}
