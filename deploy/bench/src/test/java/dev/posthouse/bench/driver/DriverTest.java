package dev.posthouse.bench.driver;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The driver with work that answers by itself, so that what it counts is known beforehand. */
final class DriverTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Driver driver = new Driver();
    private final List<Integer> seen = new ArrayList<>();
    private int underWay;
    private int mostUnderWay;

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void doesEveryItemOnceWithSoManyClientsAndNoMore() {
        Measured measured = driver.run(new Load.Closed(3), new Phase(100, 50, LONG), takes(5, 200));

        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(100, 150).boxed().toList());
        assertThat(mostUnderWay).isEqualTo(3);
        assertThat(measured.items()).isEqualTo(50);
        assertThat(measured.good()).isEqualTo(50);
        assertThat(measured.errors()).isEmpty();
        assertThat(measured.micros().getTotalCount()).isEqualTo(50);
        assertThat(measured.micros().getValueAtPercentile(50)).isGreaterThanOrEqualTo(4_000);
        assertThat(measured.seconds()).isGreaterThanOrEqualTo(50 / 3.0 * 0.004);
    }

    @Test
    void countsEveryAnswerThatIsNoSuccessAndEveryBrokenCall() {
        Measured measured =
                driver.run(
                        new Load.Closed(2),
                        new Phase(0, 30, LONG),
                        item ->
                                switch (item % 3) {
                                    case 0 -> answer(200);
                                    case 1 -> answer(503);
                                    default ->
                                            Future.failedFuture(
                                                    new IOException("connection reset"));
                                });

        assertThat(measured.good()).isEqualTo(10);
        assertThat(measured.failed()).isEqualTo(20);
        assertThat(measured.errors()).containsOnly(entry("503", 10L), entry("IOException", 10L));
        assertThat(measured.perSecond() * measured.seconds()).isBetween(9.99, 10.01);
    }

    @Test
    void endsWhenItsTimeIsOver() {
        Measured measured =
                driver.run(
                        new Load.Closed(2),
                        new Phase(0, 1_000_000, Duration.ofMillis(200)),
                        takes(1, 200));

        assertThat(measured.items()).isBetween(1, 10_000).isEqualTo(seen.size());
        assertThat(measured.seconds()).isBetween(0.15, 5.0);
    }

    @Test
    void arrivalsKeepTheirRateWhateverTheAnswersTake() {
        Measured measured =
                driver.run(new Load.Open(200), new Phase(0, 100, LONG), takes(300, 200));

        assertThat(seen).isEqualTo(IntStream.range(0, 100).boxed().toList());
        assertThat(measured.seconds()).isBetween(0.4, 20.0);
        // A closed loop of as many clients as a machine has would have waited for answers.
        assertThat(mostUnderWay).isGreaterThan(30);
    }

    @Test
    void aStallIsSeenByAllWhoArriveMeanwhile() {
        Measured measured =
                driver.run(
                        new Load.Open(1000),
                        new Phase(0, 200, LONG),
                        item -> {
                            if (item == 0) {
                                stall();
                            }
                            return answer(200);
                        });

        // Meant to begin evenly over 200 ms, all of which the stall has swallowed.
        assertThat(measured.micros().getValueAtPercentile(50)).isGreaterThan(150_000);
        assertThat(measured.micros().getMaxValue()).isGreaterThan(280_000);
    }

    private static void stall() {
        long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private Work takes(long millis, int status) {
        return item -> {
            seen.add(item);
            underWay++;
            mostUnderWay = Math.max(mostUnderWay, underWay);
            return driver.vertx()
                    .timer(millis, TimeUnit.MILLISECONDS)
                    .compose(over -> {
                        underWay--;
                        return answer(status);
                    });
        };
    }

    private static Future<Answer> answer(int status) {
        return Future.succeededFuture(new Answer(status, false, Buffer.buffer()));
    }
}
