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
import java.util.stream.IntStream;

/**
 * Parcels of 8 MB, sixteen at once, from four addresses, no one of which may fill the room for
 * bodies alone: each is taken, or its sender is told when to come again. Nothing else is a good
 * answer; what was taken is what is counted.
 */
final class LongParcels {

    private static final String PAGE = "relay";
    private static final int AT_ONCE = 16;
    private static final int ADDRESSES = 4;
    private static final int LATER = 503;
    private static final Duration MOST = Duration.ofMinutes(1);

    private final Stage stage;
    private final Instance relay;
    private final List<Wire> doors;
    private final AtomicInteger later = new AtomicInteger();

    LongParcels(Stage stage, Instance relay) {
        this.stage = stage;
        this.relay = relay;
        this.doors = IntStream.rangeClosed(1, ADDRESSES).mapToObj(this::door).toList();
    }

    private Wire door(int address) {
        Identity nobody = Identity.anonymous(stage.bed().pki());
        return stage.driver().wire(relay.url(), nobody, AT_ONCE, "127.0.0." + address);
    }

    /** So many times sixteen. */
    void measure(Correspondents correspondents, int rounds) {
        Stock stock = new Stock(correspondents::longParcel);
        Course course =
                new Course(
                        stage.driver(),
                        AT_ONCE * rounds,
                        item ->
                                doors.get(item % ADDRESSES)
                                        .postOctets("/", stock.of(item), Correspondents.TYPE)
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
            stage.results()
                    .add(PAGE + ", 8 MB parcels", watch.observed(course.begun() - later.get()));
        }
        String load = "%d at once, %d told to come later".formatted(AT_ONCE, later.get());
        int others = course.begun() - later.get();
        stage.results().add(Figure.counted(PAGE, "8 MB parcels", load, others, seconds, errors));
    }

    private Answer judged(Answer answer) {
        if (answer.status() == LATER && answer.retryAfter()) {
            later.incrementAndGet();
            return new Answer(202, true, answer.body());
        }
        return answer;
    }
}
