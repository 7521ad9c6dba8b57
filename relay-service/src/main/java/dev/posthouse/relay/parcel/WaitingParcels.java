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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What waits for private gateways, oldest arrival first, as those who hand it out see it (PoHTTP,
 * sections 10 and 11.1). Nothing is leased: what is on its way is known to its connection only.
 */
@Singleton
public final class WaitingParcels {

    /** So much is read at once, and the parcel that goes beyond it. */
    public static final int MOST_OCTETS = 128 * 1024;

    /** Of a long parcel so much is read at once. */
    public static final int PIECE = 64 * 1024;

    private final Parcels parcels;
    private final Outbox outbox;
    private final Clock clock;

    WaitingParcels(Parcels parcels, Outbox outbox, Clock clock) {
        this.parcels = parcels;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * The first that have not expired, but for those that are known; fewer than there are if they
     * are long. Whatever is committed is found: of two parcels that arrive at once, the one with
     * the later place may be seen first.
     */
    public List<Waiting> besides(NodeId gateway, Collection<UUID> known, int most) {
        Parcels.Most atOnce = new Parcels.Most(most, MOST_OCTETS, PIECE);
        return QuarkusTransaction.requiringNew()
                .call(() -> parcels.oldest(gateway, known, atOnce, clock.instant()));
    }

    /** Those of these versions that nobody has collected, and nothing has replaced. */
    public Set<UUID> stillWaiting(Collection<UUID> deliveries) {
        return QuarkusTransaction.requiringNew().call(() -> parcels.stillWaiting(deliveries));
    }

    /** What comes after so many octets of a parcel, if that version of it still waits. */
    public Optional<byte[]> pieceAfter(int octets, UUID delivery) {
        return QuarkusTransaction.requiringNew().call(() -> parcels.piece(delivery, octets, PIECE));
    }

    /**
     * Of these gateways those for whom there may be more than is known.
     *
     * @param known how many, by gateway
     */
    public List<NodeId> withMore(Map<NodeId, Integer> known) {
        return QuarkusTransaction.requiringNew().call(() -> parcels.withMore(known));
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
