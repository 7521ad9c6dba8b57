package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeId;
import java.time.Instant;

/**
 * A parcel whose signature verifies (section 7).
 *
 * @param format how it is written
 * @param octets as it came: never encoded anew, and not copied, so not to be changed
 * @param recipient whom it is for
 * @param messageId what its sender calls it: 1 to 64 characters, of which none controls
 * @param created when it was made, as its sender says
 * @param expires when it may be handed out no more
 * @param sender who signed it
 */
@SuppressWarnings("ArrayRecordComponent") // Up to 8 MB: handed on, never compared.
public record Parcel(
        Format format,
        byte[] octets,
        Recipient recipient,
        String messageId,
        Instant created,
        Instant expires,
        NodeId sender) {

    @Override
    public String toString() {
        return "Parcel[" + octets.length + " octets]";
    }
}
