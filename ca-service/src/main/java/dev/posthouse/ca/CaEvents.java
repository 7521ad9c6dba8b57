package dev.posthouse.ca;

import dev.posthouse.common.outbox.KafkaSink;
import dev.posthouse.common.outbox.OutboxRelay;
import dev.posthouse.common.queue.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** Sends the outbox's events to Kafka, and says how many wait (certificates, section 9). */
@Singleton
@Startup
final class CaEvents {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final int BATCH = 200;

    private final KafkaSink kafka;
    private final OutboxRelay relay;
    private final Worker worker;
    private volatile OutboxRelay.Backlog backlog = new OutboxRelay.Backlog(0, Duration.ZERO);

    CaEvents(
            DataSource dataSource,
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            MeterRegistry metrics) {
        this.kafka = new KafkaSink(broker);
        this.relay = new OutboxRelay(dataSource, LEASE, BATCH, kafka);
        this.worker = new Worker("outbox", TICK, relay::relay).start();
        metrics.gauge("posthouse.outbox.depth", this, events -> events.backlog.depth());
        metrics.gauge(
                "posthouse.outbox.age.seconds",
                this,
                events -> events.backlog.age().toMillis() / 1e3);
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void measure() {
        backlog = relay.backlog();
    }

    @PreDestroy
    void stop() {
        worker.close();
        kafka.close();
    }
}
