package dev.posthouse.relay.parcel;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.gateway.Gateways;
import dev.posthouse.relay.parcel.Intake.Outcome;
import dev.posthouse.relay.ramf.InboundParcel;
import dev.posthouse.relay.ramf.ParcelCheck;
import dev.posthouse.relay.ramf.ReadParcel;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * Takes a parcel for an endpoint of one of our private gateways (PoHTTP, section 7).
 *
 * <ol>
 *   <li>Check it: what it is, whether it is ours, and whether its recipient authorised it.
 *   <li>Its private gateway must be registered here.
 *   <li>Store it, unless it is a repeat; commit. From here on it is not lost.
 *   <li>Wake who hands parcels out.
 * </ol>
 *
 * A crash after 3 leaves a parcel whose sender does not know: it repeats it, and nothing is stored
 * twice.
 */
@Singleton
public final class AcceptParcel {

    private final ParcelCheck check;
    private final Gateways gateways;
    private final StoreParcel storeParcel;
    private final Arrivals arrivals;
    private final Clock clock;

    AcceptParcel(
            ParcelCheck check,
            Gateways gateways,
            StoreParcel storeParcel,
            Arrivals arrivals,
            Clock clock) {
        this.check = check;
        this.gateways = gateways;
        this.storeParcel = storeParcel;
        this.arrivals = arrivals;
        this.clock = clock;
    }

    /**
     * Takes a parcel, or knows it already. The octets must not be changed any more.
     *
     * @param sentBy the URI of the gateway that it comes from, if that says so
     * @throws RelayException if it is not taken
     */
    public void accept(byte[] octets, Optional<String> sentBy) {
        accept(check.read(octets), sentBy);
    }

    /**
     * The same of a parcel that has been read, and not judged.
     *
     * @throws RelayException if it is not taken
     */
    public void accept(ReadParcel parcel, Optional<String> sentBy) {
        InboundParcel checked = check.inbound(parcel, clock.instant());
        NodeId gateway = checked.privateGateway();
        if (!gateways.isRegistered(gateway)) {
            throw RelayException.forbidden(
                    "parcel.gateway", "The recipient's gateway is not registered here.");
        }
        Outcome outcome = storeParcel.store(Arrival.of(checked, sentBy));
        arrivals.tell(gateway, outcome);
    }
}
