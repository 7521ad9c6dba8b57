package dev.posthouse.ymp.receiving;

import dev.posthouse.common.door.RateLimit;
import dev.posthouse.common.event.Event;
import dev.posthouse.common.event.PacketRejected;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Counts what becomes of packets, and tells of those refused (YMP, section 9). */
@Singleton
final class PacketOutcomes {

    private static final Logger LOG = Logger.getLogger(PacketOutcomes.class);
    private static final String PACKETS = "posthouse.ymp.packets.in";
    private static final String MESSAGES = "posthouse.ymp.messages.in";

    /**
     * Refusing is cheap, and a host must not be able to make it dear: the counters have them all.
     */
    private static final int EVENTS_PER_MINUTE = 10;

    private final RateLimit limit = new RateLimit(EVENTS_PER_MINUTE, Duration.ofMinutes(1));
    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Clock clock;

    PacketOutcomes(Outbox outbox, MeterRegistry metrics, Clock clock) {
        this.outbox = outbox;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A packet was taken; some of it may have been there before. */
    void taken(int added, int repeated) {
        metrics.counter(PACKETS, "code", "taken").increment();
        metrics.counter(MESSAGES, "code", "taken").increment(added);
        metrics.counter(MESSAGES, "code", "repeated").increment(repeated);
    }

    /** A packet could not be taken, and it is not its sender's fault. */
    void failed() {
        metrics.counter(PACKETS, "code", "failed").increment();
    }

    /**
     * A packet was refused. Never fails: the refusal is the answer, whether it can be told or not.
     */
    void refused(HostName sender, String code) {
        metrics.counter(PACKETS, "code", code).increment();
        if (limit.take(sender).isPresent()) {
            return;
        }
        try {
            PacketRejected rejected = new PacketRejected(sender.text(), code);
            QuarkusTransaction.requiringNew()
                    .run(() -> outbox.add(Event.of(rejected, clock.instant())));
        } catch (RuntimeException untold) {
            LOG.debug("A rejected packet cannot be told of", untold);
        }
    }
}
