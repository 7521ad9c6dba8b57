package dev.posthouse.relay.outbound;

import dev.posthouse.common.event.Event;
import dev.posthouse.common.event.ParcelAccepted;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.ramf.Parcel;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Stores a parcel for another Internet node (PoHTTP, section 10). Once that is committed it is
 * delivered, expires, or becomes a dead letter; a crash before its peer is woken is seen by the
 * next sweep.
 */
@Singleton
public final class AcceptOutbound {

    private final Outbound outbound;
    private final OutboundQuota quota;
    private final PeerNames peers;
    private final Outbox outbox;
    private final jakarta.enterprise.event.Event<ParcelDue> due;
    private final Clock clock;

    AcceptOutbound(
            Outbound outbound,
            OutboundQuota quota,
            PeerNames peers,
            Outbox outbox,
            jakarta.enterprise.event.Event<ParcelDue> due,
            Clock clock) {
        this.outbound = outbound;
        this.quota = quota;
        this.peers = peers;
        this.outbox = outbox;
        this.due = due;
        this.clock = clock;
    }

    /**
     * Accepts a parcel that has been checked; a repeat changes nothing.
     *
     * @param gateway the registered gateway that hands it in; empty for an operator
     * @return what it is called in events
     * @throws RelayException if it names no Internet address, or if too much would wait
     */
    public String accept(Parcel parcel, Optional<NodeId> gateway) {
        OutboundParcel leaving = OutboundParcel.of(parcel, gateway, peers);
        Instant now = clock.instant();
        quota.requireRoom(leaving, now);
        if (QuarkusTransaction.requiringNew().call(() -> add(leaving, now))) {
            quota.count(leaving);
            due.fire(new ParcelDue(leaving.peer()));
        }
        return OutboundParcel.hash(leaving.identity());
    }

    private boolean add(OutboundParcel parcel, Instant now) {
        boolean added = outbound.add(parcel, now);
        if (added) {
            String id = OutboundParcel.hash(parcel.identity());
            outbox.add(Event.of(new ParcelAccepted(id, parcel.address(), parcel.size()), now));
        }
        return added;
    }
}
