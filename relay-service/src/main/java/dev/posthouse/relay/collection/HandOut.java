package dev.posthouse.relay.collection;

import dev.posthouse.relay.parcel.Waiting;
import dev.posthouse.relay.parcel.WaitingParcels;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What is done for a connection in the database (PoHTTP, section 11.1). */
@Singleton
final class HandOut {

    private final AdmitCollector admitCollector;
    private final WaitingParcels parcels;

    HandOut(AdmitCollector admitCollector, WaitingParcels parcels) {
        this.admitCollector = admitCollector;
        this.parcels = parcels;
    }

    /** Who has signed the challenge, if it is somebody who may collect. */
    Optional<Collector> admit(byte[] signature, Challenge challenge) {
        return admitCollector.admit(signature, challenge);
    }

    /** What waits, but for what is known; nothing at all if it may not collect any longer. */
    Optional<List<Waiting>> look(Collector collector, Set<UUID> known) {
        return admitCollector.mayCollect(collector)
                ? Optional.of(parcels.besides(collector.gateway(), known, Conversation.AHEAD))
                : Optional.empty();
    }

    /** Those of these that still wait. */
    Set<UUID> stillWaiting(List<UUID> deliveries) {
        return parcels.stillWaiting(deliveries);
    }

    /** The next octets of a parcel, unless it does not wait any longer. */
    Optional<byte[]> pieceAfter(int octets, UUID delivery) {
        return parcels.pieceAfter(octets, delivery);
    }

    /** It has collected these. */
    void collected(Collector collector, Set<UUID> deliveries) {
        parcels.collected(collector.gateway(), deliveries);
    }
}
