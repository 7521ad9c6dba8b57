package dev.posthouse.client.gateway;

import dev.posthouse.client.failure.ClientException.WrongAnswer;
import dev.posthouse.client.node.TaggedFields;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.NodeKey;
import java.util.Optional;

/**
 * What others need to know of an Internet gateway.
 *
 * @param internetAddress the name that parcels for its private gateways carry
 * @param id the gateway's
 * @param sessionKey its key for cargo, if it has one
 * @param octets as it was sent
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
public record ConnectionParameters(
        String internetAddress, NodeId id, Optional<SessionKey> sessionKey, byte[] octets) {

    static ConnectionParameters read(byte[] octets) {
        try {
            TaggedFields fields = TaggedFields.read(octets);
            return new ConnectionParameters(
                    fields.text(0),
                    NodeId.of(NodeKey.parse(fields.octets(1))),
                    fields.innerIfAny(2).map(SessionKey::read),
                    octets);
        } catch (IllegalArgumentException e) {
            throw new WrongAnswer("the connection parameters cannot be read", e);
        }
    }
}
