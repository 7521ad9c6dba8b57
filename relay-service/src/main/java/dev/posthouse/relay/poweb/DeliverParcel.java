package dev.posthouse.relay.poweb;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.outbound.AcceptOutbound;
import dev.posthouse.relay.parcel.AcceptParcel;
import dev.posthouse.relay.ramf.ParcelCheck;
import dev.posthouse.relay.ramf.ReadParcel;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Takes a parcel that a private gateway delivers for one of its endpoints (PoHTTP, section 11.1):
 * for an endpoint of ours, checked as a stranger's is, or for another Internet node.
 */
@Singleton
final class DeliverParcel {

    private static final int FORBIDDEN = 403;

    private final IdentifyGateway identifyGateway;
    private final ParcelCheck check;
    private final AcceptParcel acceptParcel;
    private final AcceptOutbound acceptOutbound;
    private final Clock clock;

    DeliverParcel(
            IdentifyGateway identifyGateway,
            ParcelCheck check,
            AcceptParcel acceptParcel,
            AcceptOutbound acceptOutbound,
            Clock clock) {
        this.identifyGateway = identifyGateway;
        this.check = check;
        this.acceptParcel = acceptParcel;
        this.acceptOutbound = acceptOutbound;
        this.clock = clock;
    }

    /**
     * Takes it, or knows it already. The octets must not be changed any more.
     *
     * @throws RelayException if it is not taken; 422 where a stranger's parcel would get 403
     */
    void deliver(List<String> authorization, byte[] parcel) {
        NodeId gateway = identifyGateway.identify(authorization, parcel);
        try {
            accept(gateway, parcel);
        } catch (RelayException refusal) {
            throw refusal.status() == FORBIDDEN
                    ? RelayException.invalid(refusal.code(), refusal.getMessage())
                    : refusal;
        }
    }

    private void accept(NodeId gateway, byte[] parcel) {
        ReadParcel read = check.read(parcel);
        if (check.isForUs(read)) {
            acceptParcel.accept(read, Optional.empty());
        } else {
            acceptOutbound.accept(check.outbound(read, clock.instant()), Optional.of(gateway));
        }
    }
}
