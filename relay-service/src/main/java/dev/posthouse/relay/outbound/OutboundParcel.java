package dev.posthouse.relay.outbound;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.ramf.Parcel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A parcel for another Internet node.
 *
 * @param parcel as its sender made it
 * @param address the Internet address it goes to, as it names it
 * @param peer the one that leads to
 * @param gateway the private gateway that handed it in; empty for an operator
 */
record OutboundParcel(Parcel parcel, String address, String peer, Optional<NodeId> gateway) {

    /**
     * Reads where to.
     *
     * @throws RelayException if the parcel names no Internet address
     */
    static OutboundParcel of(Parcel parcel, Optional<NodeId> gateway, PeerNames peers) {
        return parcel.recipient()
                .internetAddress()
                .map(address -> new OutboundParcel(parcel, address, peers.of(address), gateway))
                .orElseThrow(() ->
                        RelayException.forbidden(
                                "recipient.address", "The parcel names no Internet address."));
    }

    /** SHA-256 of what it is known by (section 10); no part of that holds a line's end. */
    byte[] identity() {
        String names =
                String.join(
                        "\n",
                        address,
                        parcel.recipient().text(),
                        parcel.sender().text(),
                        parcel.messageId());
        return sha256(names.getBytes(StandardCharsets.UTF_8));
    }

    /** Tells other octets of the same parcel. */
    byte[] digest() {
        return sha256(parcel.octets());
    }

    int size() {
        return parcel.octets().length;
    }

    /** What a parcel of that identity is called in events and answers. */
    static String hash(byte[] identity) {
        return HexFormat.of().formatHex(identity);
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256.", impossible);
        }
    }

    @Override
    public String toString() {
        return "a parcel of " + size() + " octets for " + address;
    }
}
