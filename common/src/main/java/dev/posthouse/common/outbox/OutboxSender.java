package dev.posthouse.common.outbox;

import dev.posthouse.common.queue.Worker;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** The outbox on its way to Kafka: a worker that relays until it is closed. */
public final class OutboxSender implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int BATCH = 500;

    private final KafkaSink sink;
    private final OutboxRelay relay;
    private final Worker worker;

    /**
     * Begins to send.
     *
     * @param broker how the broker is reached: {@code bootstrap.servers}, security
     */
    public OutboxSender(DataSource dataSource, Map<String, Object> broker) {
        this.sink = new KafkaSink(broker);
        this.relay = new OutboxRelay(dataSource, LEASE, BATCH, sink);
        this.worker = new Worker("outbox", TICK, relay::relay).start();
    }

    /** What waits. */
    public OutboxRelay.Backlog backlog() {
        return relay.backlog();
    }

    @Override
    public void close() {
        worker.close();
        sink.close();
    }
}
