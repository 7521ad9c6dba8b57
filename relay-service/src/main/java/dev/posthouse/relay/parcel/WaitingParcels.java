package dev.posthouse.relay.parcel;

import dev.posthouse.common.event.Event;
import dev.posthouse.common.event.ParcelCollected;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.outbox.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What waits for private gateways, oldest arrival first, as those who hand it out see it (PoHTTP,
 * sections 10 and 11.1). Nothing is leased: what is on its way is known to its connection only.
 */
@Singleton
public final class WaitingParcels {

    /** So much is read at once, and the parcel that goes beyond it. */
    private static final long MOST_OCTETS = 4 * 1024 * 1024;

    private final Parcels parcels;
    private final Outbox outbox;
    private final Clock clock;

    WaitingParcels(Parcels parcels, Outbox outbox, Clock clock) {
        this.parcels = parcels;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * The first after a place that have not expired; fewer than there are if they are long. Of two
     * parcels that arrive at once, the later place may be seen first: who has gone on to it finds
     * the other {@link #besides} what it knows.
     */
    public List<Waiting> after(NodeId gateway, long seq, int most) {
        return oldest(gateway, seq, Set.of(), most);
    }

    /** The first that have not expired, but for those deliveries. */
    public List<Waiting> besides(NodeId gateway, Collection<UUID> known, int most) {
        return oldest(gateway, 0, known, most);
    }

    private List<Waiting> oldest(NodeId gateway, long seq, Collection<UUID> known, int most) {
        Parcels.Most atOnce = new Parcels.Most(most, MOST_OCTETS);
        return QuarkusTransaction.requiringNew()
                .call(() -> parcels.oldest(gateway, seq, known, atOnce, clock.instant()));
    }

    /**
     * The gateway has acknowledged these. One that has been replaced meanwhile, or has expired, is
     * passed over: its new version waits on.
     *
     * @return how many waited until now
     */
    public int collected(NodeId gateway, Collection<UUID> deliveries) {
        return QuarkusTransaction.requiringNew().call(() -> collect(gateway, deliveries));
    }

    private int collect(NodeId gateway, Collection<UUID> deliveries) {
        Instant now = clock.instant();
        List<String> collected = parcels.collect(gateway, deliveries);
        outbox.addAll(
                collected.stream()
                        .map(hash -> Event.of(new ParcelCollected(hash, gateway.text()), now))
                        .toList());
        return collected.size();
    }
}
