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

    /**
     * Settles.
     *
     * @return how many have died, for {@link #count} once that is committed
     */
    public int settle(List<? extends Settlement> all) {
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
        int dying = settle(delivered, dead, clock.instant());
        if (!later.isEmpty()) {
            settlements.later(later);
        }
        if (!moved.isEmpty()) {
            settlements.moved(moved);
        }
        return dying;
    }

    /** So many have died, and that is committed: what is not is settled again. */
    public void count(int dead) {
        died.increment(dead);
    }

    private int settle(
            List<Settlement.Delivered> delivered, List<Settlement.Dead> dead, Instant now) {
        List<Settlements.Settled> taken =
                delivered.isEmpty() ? List.of() : settlements.delivered(delivered);
        List<Settlements.Settled> refused =
                dead.isEmpty() ? List.of() : settlements.dead(dead, now);
        Stream<Event<?>> takings =
                taken.stream()
                        .map(one -> new ParcelDelivered(one.id(), one.peer()))
                        .map(fact -> Event.of(fact, now));
        Stream<Event<?>> deaths =
                refused.stream()
                        .map(one -> new ParcelDead(one.id(), one.peer(), one.reason()))
                        .map(fact -> Event.of(fact, now));
        outbox.addAll(Stream.concat(takings, deaths).toList());
        return refused.size();
    }
}
