package dev.posthouse.common.outbox;

import dev.posthouse.common.database.DatabaseAway;
import dev.posthouse.common.outbox.OutboxRelay.Backlog;
import dev.posthouse.common.queue.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/** How many events wait for Kafka, and how long the oldest has: looked at once a second. */
final class OutboxGauges implements AutoCloseable {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Supplier<Backlog> outbox;
    private final Worker worker;
    private volatile Backlog seen = new Backlog(0, Duration.ZERO);

    OutboxGauges(Supplier<Backlog> outbox, MeterRegistry metrics) {
        this.outbox = outbox;
        metrics.gauge("posthouse.outbox.depth", this, gauges -> gauges.seen.depth());
        metrics.gauge(
                "posthouse.outbox.age.seconds", this, gauges -> gauges.seen.age().toSeconds());
        this.worker = new Worker("outbox gauges", SECOND, this::look);
        worker.start();
    }

    private boolean look() {
        try {
            seen = outbox.get();
        } catch (RuntimeException failure) {
            // That the database is away, the sender says.
            if (DatabaseAway.in(failure).isEmpty()) {
                throw failure;
            }
        }
        return false;
    }

    @Override
    public void close() {
        worker.close();
    }
}
