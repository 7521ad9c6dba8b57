package dev.posthouse.relay.parcel;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.ramf.InboundParcel;
import dev.posthouse.relay.ramf.Parcel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A parcel that has been checked, and may be stored.
 *
 * @param names what it is known by
 * @param created when its sender made it
 * @param expires when it ends
 * @param octets as received
 * @param sentBy the gateway it came from, as that says
 */
@SuppressWarnings("ArrayRecordComponent") // Stays in this package, never compared.
record Arrival(
        Names names, Instant created, Instant expires, byte[] octets, Optional<String> sentBy) {

    /** What the check has found, from there. */
    static Arrival of(InboundParcel checked, Optional<String> sentBy) {
        Parcel parcel = checked.parcel();
        Names names =
                new Names(
                        checked.privateGateway(),
                        checked.recipient(),
                        parcel.sender(),
                        parcel.messageId());
        return new Arrival(names, parcel.created(), parcel.expires(), parcel.octets(), sentBy);
    }

    /**
     * What a parcel is known by (section 10): another sender's equal message id is another parcel.
     *
     * @param gateway the private gateway that it waits for
     * @param recipient the endpoint there
     * @param sender who signed it
     * @param messageId any printable characters
     */
    record Names(NodeId gateway, NodeId recipient, NodeId sender, String messageId) {

        /** SHA-256 of them all; the ids are of one length. */
        byte[] identity() {
            return sha256(
                    (gateway.text() + recipient.text() + sender.text() + messageId)
                            .getBytes(StandardCharsets.UTF_8));
        }

        /** The same, as others are told of it. */
        String hash() {
            return HexFormat.of().formatHex(identity());
        }
    }

    int size() {
        return octets.length;
    }

    /** Tells other octets of the same names. */
    byte[] digest() {
        return sha256(octets);
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
