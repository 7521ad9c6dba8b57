package dev.posthouse.relay.vitals;

import dev.posthouse.common.database.DatabaseAway;
import dev.posthouse.common.outbox.OutboxRelay.Backlog;
import dev.posthouse.common.outbox.OutboxSender;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** How many events wait for Kafka, and how long the oldest has (PoHTTP, section 10). */
@Singleton
final class OutboxBacklog {

    private static final Logger LOG = Logger.getLogger(OutboxBacklog.class);

    private final OutboxSender outbox;
    private volatile Backlog backlog = new Backlog(0, Duration.ZERO);

    OutboxBacklog(OutboxSender outbox, MeterRegistry metrics) {
        this.outbox = outbox;
        metrics.gauge("posthouse.outbox.depth", this, looked -> looked.backlog.depth());
        metrics.gauge(
                "posthouse.outbox.age.seconds", this, looked -> looked.backlog.age().toSeconds());
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            backlog = outbox.backlog();
        } catch (RuntimeException failure) {
            log(failure);
        }
    }

    private static void log(RuntimeException failure) {
        DatabaseAway.in(failure)
                .ifPresentOrElse(
                        away -> LOG.debugf("the outbox is not looked at, %s", away),
                        () -> LOG.error("the outbox cannot be looked at", failure));
    }
}
