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
        Batches.drain("the expiry of outbound parcels", BATCH, this::expireSome);
    }

    /** What is not committed is tried again, and counted then. */
    private int expireSome() {
        List<Outbound.Expired> expired =
                QuarkusTransaction.requiringNew().call(() -> expire(clock.instant()));
        metrics.counter("posthouse.relay.outbound.expired").increment(waited(expired).size());
        return expired.size();
    }

    private List<Outbound.Expired> expire(Instant now) {
        List<Outbound.Expired> expired = outbound.expire(now, BATCH);
        outbox.addAll(
                waited(expired).stream()
                        .map(parcel -> new ParcelExpired(parcel.id(), parcel.address()))
                        .map(fact -> Event.of(fact, now))
                        .toList());
        return expired;
    }

    private static List<Outbound.Expired> waited(List<Outbound.Expired> expired) {
        return expired.stream().filter(Outbound.Expired::waited).toList();
    }
}
