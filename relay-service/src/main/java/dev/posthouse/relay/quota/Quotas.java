package dev.posthouse.relay.quota;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.RelayConfig;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * How much may wait (PoHTTP, section 10). What waits is summed up in the database now and then, and
 * what comes is added in memory until the next time: no row is locked by every parcel, and a little
 * too much may be taken.
 */
@Singleton
public final class Quotas {

    private final Sums gateways;
    private final Sums recipients;
    private final Total total;
    private final RelayConfig.Quota most;

    Quotas(Depths depths, Total total, RelayConfig settings) {
        this.gateways = new Sums(depths::ofGateway);
        this.recipients = new Sums(depths::ofRecipient);
        this.total = total;
        this.most = settings.quota();
    }

    /**
     * Why there is no room.
     *
     * @param code a fixed word
     * @param message for people
     */
    public record Full(String code, String message) {}

    /** Whether there is no room for a parcel. Its caller must hold no connection. */
    public Optional<Full> fullFor(NodeId gateway, NodeId recipient, int size) {
        if (recipientLimit().refuses(recipients.of(recipient.text()), size)) {
            return Optional.of(new Full("recipient.full", "Too much waits for that recipient."));
        }
        if (gatewayLimit().refuses(gateways.of(gateway.text()), size)) {
            return Optional.of(new Full("gateway.full", "Too much waits for that gateway."));
        }
        return fullFor(size);
    }

    /** Whether there is no room for a parcel in all, whomever it is for. */
    public Optional<Full> fullFor(int size) {
        return new Limit(0, most.octets()).refuses(total.depth(), size)
                ? Optional.of(new Full("relay.full", "Too much waits here."))
                : Optional.empty();
    }

    private Limit recipientLimit() {
        return new Limit(most.recipient().parcels(), most.recipient().octets());
    }

    private Limit gatewayLimit() {
        return new Limit(most.gateway().parcels(), most.gateway().octets());
    }

    /** One more waits. */
    public void count(NodeId gateway, NodeId recipient, int size) {
        gateways.add(gateway.text(), size);
        recipients.add(recipient.text(), size);
        total.add(size);
    }

    /** The same, for another node. */
    public void count(int size) {
        total.add(size);
    }
}
