package dev.posthouse.relay.outbound;

import dev.posthouse.common.database.Batches;
import dev.posthouse.common.event.Event;
import dev.posthouse.common.event.ParcelExpired;
import dev.posthouse.common.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Forgets parcels for other nodes once they have expired, delivered or not: until then a repeat is
 * known as one (PoHTTP, section 10).
 */
@Singleton
final class ExpireOutbound {

    private static final int BATCH = 1_000;

    private final Outbound outbound;
    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Clock clock;

    ExpireOutbound(Outbound outbound, Outbox outbox, MeterRegistry metrics, Clock clock) {
        this.outbound = outbound;
        this.outbox = outbox;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void expire() {
        Batches.drain(
                "the expiry of outbound parcels",
                BATCH,
                () -> QuarkusTransaction.requiringNew().call(this::expireSome));
    }

    private int expireSome() {
        Instant now = clock.instant();
        List<Outbound.Expired> expired = outbound.expire(now, BATCH);
        List<Outbound.Expired> waited = expired.stream().filter(Outbound.Expired::waited).toList();
        outbox.addAll(
                waited.stream()
                        .map(parcel -> new ParcelExpired(parcel.id(), parcel.address()))
                        .map(fact -> Event.of(fact, now))
                        .toList());
        metrics.counter("posthouse.relay.outbound.expired").increment(waited.size());
        return expired.size();
    }
}
