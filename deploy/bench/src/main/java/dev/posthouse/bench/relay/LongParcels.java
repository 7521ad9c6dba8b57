package dev.posthouse.bench.relay;

import dev.posthouse.bench.driver.Answer;
import dev.posthouse.bench.driver.Identity;
import dev.posthouse.bench.driver.Measured;
import dev.posthouse.bench.driver.Wire;
import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.rig.Instance;
import dev.posthouse.bench.stage.Course;
import dev.posthouse.bench.stage.Scale.Span;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.bench.watch.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Parcels of 8 MB, sixteen at once: each is taken, or its sender is told when to come again. Both
 * are good answers here; nothing else is.
 */
final class LongParcels {

    private static final String PAGE = "relay";
    private static final int AT_ONCE = 16;
    private static final int LATER = 503;
    private static final Duration MOST = Duration.ofMinutes(1);

    private final Stage stage;
    private final Instance relay;
    private final Wire door;
    private final AtomicInteger later = new AtomicInteger();

    LongParcels(Stage stage, Instance relay) {
        this.stage = stage;
        this.relay = relay;
        this.door =
                stage.driver().wire(relay.url(), Identity.anonymous(stage.bed().pki()), AT_ONCE);
    }

    /** So many times sixteen. */
    void measure(Correspondents correspondents, int rounds) {
        Stock stock = new Stock(correspondents::longParcel);
        Course course =
                new Course(
                        stage.driver(),
                        AT_ONCE * rounds,
                        item ->
                                door.postOctets("/", stock.of(item), Correspondents.TYPE)
                                        .map(this::judged));
        Map<String, Long> errors = new TreeMap<>();
        double seconds = 0;
        try (Watch watch = Watch.on(stage.bed(), List.of(relay), stage.clock())) {
            for (int round = 0; round < rounds; round++) {
                stock.fill(course.begun(), AT_ONCE);
                Measured measured = course.closed(AT_ONCE, new Span(AT_ONCE, MOST));
                measured.errors().forEach((error, count) -> errors.merge(error, count, Long::sum));
                seconds += measured.seconds();
            }
            stage.results().add(PAGE + ", 8 MB parcels", watch.observed(course.begun()));
        }
        String load = "%d at once, %d told to come later".formatted(AT_ONCE, later.get());
        stage.results()
                .add(Figure.counted(PAGE, "8 MB parcels", load, course.begun(), seconds, errors));
    }

    private Answer judged(Answer answer) {
        if (answer.status() == LATER && answer.retryAfter()) {
            later.incrementAndGet();
            return new Answer(202, true, answer.body());
        }
        return answer;
    }
}
