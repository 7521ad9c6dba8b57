package dev.posthouse.common.outbox;

import dev.posthouse.common.outbox.OutboxRelay.Progress;
import dev.posthouse.common.queue.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** The outbox on its way to Kafka: a worker that relays until it is closed. */
public final class OutboxSender implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(OutboxSender.class.getName());

    private static final Duration TICK = Duration.ofMillis(500);

    /** How long events gather while there are some: many go for little more than one. */
    private static final Duration GATHERING = Duration.ofMillis(50);

    /** Longer than the sink takes to give up: a sender that was killed is missed for no longer. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    private static final int BATCH = 500;

    private final KafkaSink sink;
    private final OutboxRelay relay;
    private final Worker worker;
    private final OutboxGauges gauges;

    /**
     * Begins to send.
     *
     * @param broker how the broker is reached: {@code bootstrap.servers}, security
     * @param metrics show what waits
     */
    public OutboxSender(DataSource dataSource, Map<String, Object> broker, MeterRegistry metrics) {
        this.sink = new KafkaSink(broker);
        this.relay = new OutboxRelay(dataSource, LEASE, BATCH, sink);
        this.worker = new Worker("outbox", TICK, this::round);
        worker.start();
        this.gauges = new OutboxGauges(this::backlog, metrics);
    }

    private boolean round() {
        Progress progress = relay.relay();
        if (progress == Progress.ALL) {
            CompletableFuture.delayedExecutor(
                            GATHERING.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(worker::wake);
        }
        return progress == Progress.MORE;
    }

    /** What waits. */
    public OutboxRelay.Backlog backlog() {
        return relay.backlog();
    }

    @Override
    public void close() {
        gauges.close();
        worker.close();
        try {
            relay.release();
        } catch (IllegalStateException away) {
            LOG.log(System.Logger.Level.DEBUG, "The outbox is left to its lease", away);
        }
        sink.close();
    }
}
