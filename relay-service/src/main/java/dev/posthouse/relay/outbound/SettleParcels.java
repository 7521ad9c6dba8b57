package dev.posthouse.relay.outbound;

import dev.posthouse.common.event.Event;
import dev.posthouse.common.event.ParcelDead;
import dev.posthouse.common.event.ParcelDelivered;
import dev.posthouse.common.outbox.Outbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Records what came of attempts, and announces it, in the caller's transaction. */
@Singleton
public final class SettleParcels {

    private final Settlements settlements;
    private final Outbox outbox;
    private final Clock clock;
    private final Counter died;

    SettleParcels(Settlements settlements, Outbox outbox, Clock clock, MeterRegistry metrics) {
        this.settlements = settlements;
        this.outbox = outbox;
        this.clock = clock;
        // From zero on: an alert on dead letters must see the first.
        this.died = metrics.counter("posthouse.relay.outbound.died");
    }

    /** Settles. */
    public void settle(List<? extends Settlement> all) {
        List<Settlement.Delivered> delivered = new ArrayList<>();
        List<Settlement.Dead> dead = new ArrayList<>();
        List<Settlement.Later> later = new ArrayList<>();
        List<Settlement.Moved> moved = new ArrayList<>();
        for (Settlement settlement : all) {
            switch (settlement) {
                case Settlement.Delivered taken -> delivered.add(taken);
                case Settlement.Dead refused -> dead.add(refused);
                case Settlement.Later failed -> later.add(failed);
                case Settlement.Moved elsewhere -> moved.add(elsewhere);
            }
        }
        settle(delivered, dead, clock.instant());
        if (!later.isEmpty()) {
            settlements.later(later);
        }
        if (!moved.isEmpty()) {
            settlements.moved(moved);
        }
    }

    private void settle(
            List<Settlement.Delivered> delivered, List<Settlement.Dead> dead, Instant now) {
        Stream<Event<?>> taken =
                delivered.isEmpty()
                        ? Stream.of()
                        : settlements.delivered(delivered).stream()
                                .map(one -> new ParcelDelivered(one.id(), one.peer()))
                                .map(fact -> Event.of(fact, now));
        Stream<Event<?>> refused =
                dead.isEmpty()
                        ? Stream.of()
                        : dead(dead, now).stream()
                                .map(one -> new ParcelDead(one.id(), one.peer(), one.reason()))
                                .map(fact -> Event.of(fact, now));
        outbox.addAll(Stream.concat(taken, refused).toList());
    }

    private List<Settlements.Settled> dead(List<Settlement.Dead> refused, Instant now) {
        List<Settlements.Settled> dead = settlements.dead(refused, now);
        died.increment(dead.size());
        return dead;
    }
}
