package dev.posthouse.client.parcel;

import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.Validity;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.node.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A parcel that keeps the rules (RS-001, and RS-000 for its length).
 *
 * @param recipient the endpoint it is for
 * @param internetAddress where that is, if the sender's own gateway needs to know
 * @param id the message id
 * @param created when it was made, by whole seconds
 * @param ttl how long it lives
 * @param payload what it carries
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
public record NewParcel(
        NodeId recipient,
        Optional<HostName> internetAddress,
        String id,
        Instant created,
        Duration ttl,
        byte[] payload) {

    /** The longest parcel, which fits into a cargo. */
    public static final int MOST_OCTETS = 8_322_037;

    public NewParcel {
        require(id.matches("[ -~]{1,64}"), "an id has 1 to 64 visible characters of ASCII");
        require(
                ttl.isPositive() && ttl.compareTo(Validity.LONGEST) <= 0,
                "a parcel lives from 1 s to 180 d");
        require(
                internetAddress.stream()
                        .allMatch(
                                name -> name.literal().isEmpty() && name.port() == HostName.HTTPS),
                "an Internet address is a name, without a port");
    }

    /** The parcel, signed. */
    public byte[] signedBy(NodeIdentity sender) {
        byte[] parcel =
                new ParcelBuilder(sender, created)
                        .recipient(recipient)
                        .internetAddress(internetAddress.map(HostName::host).orElse(null))
                        .id(id)
                        .ttl(ttl)
                        .payload(payload)
                        .build();
        require(parcel.length <= MOST_OCTETS, "a parcel has 8 322 037 octets at most");
        return parcel;
    }

    private static void require(boolean fulfilled, String rule) {
        if (!fulfilled) {
            throw new IllegalArgumentException(rule);
        }
    }

    @Override
    public String toString() {
        return "NewParcel[to " + recipient + "]";
    }
}
