package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeCertificate;
import java.nio.ByteBuffer;

/**
 * A parcel as it was read (section 7, steps 3 to 5): its form is right, and nothing is verified.
 *
 * @param format how it is written
 * @param octets as it came
 * @param fields what it says of itself
 * @param signed what its signature is over
 * @param message the signature and its certificates
 */
@SuppressWarnings("ArrayRecordComponent") // Up to 8 MB: handed on, never compared.
public record ReadParcel(
        Format format,
        byte[] octets,
        Fields fields,
        Iterable<ByteBuffer> signed,
        SignedMessage message) {

    /** As far as whoever signed it may say. */
    Parcel signedBy(NodeCertificate sender) {
        return new Parcel(
                format,
                octets,
                fields.recipient(),
                fields.messageId(),
                fields.created(),
                fields.expires(),
                sender.id());
    }
}
