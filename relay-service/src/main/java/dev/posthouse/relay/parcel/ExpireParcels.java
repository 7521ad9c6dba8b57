package dev.posthouse.relay.parcel;

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

/** Forgets parcels that have expired, and tells of those that nobody had collected. */
@Singleton
final class ExpireParcels {

    private static final int BATCH = 500;

    private final Parcels parcels;
    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Clock clock;

    ExpireParcels(Parcels parcels, Outbox outbox, MeterRegistry metrics, Clock clock) {
        this.parcels = parcels;
        this.outbox = outbox;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Scheduled(every = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void expire() {
        Batches.drain("forgetting expired parcels", BATCH, this::expireSome);
    }

    /** What is not committed is tried again, and counted then. */
    private int expireSome() {
        List<Parcels.Expired> gone =
                QuarkusTransaction.requiringNew().call(() -> expire(clock.instant()));
        metrics.counter("posthouse.relay.parcels.expired").increment(waiting(gone).size());
        return gone.size();
    }

    private List<Parcels.Expired> expire(Instant now) {
        List<Parcels.Expired> gone = parcels.expire(now, BATCH);
        outbox.addAll(
                waiting(gone).stream()
                        .map(one -> Event.of(new ParcelExpired(one.hash(), one.gateway()), now))
                        .toList());
        return gone;
    }

    private static List<Parcels.Expired> waiting(List<Parcels.Expired> gone) {
        return gone.stream().filter(Parcels.Expired::waiting).toList();
    }
}
