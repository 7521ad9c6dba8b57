package dev.posthouse.client.gateway;

import dev.posthouse.client.node.TaggedFields;

/**
 * A gateway's key for cargo (RS-003), which this client does not carry.
 *
 * @param id what it is called
 * @param publicKey its SubjectPublicKeyInfo
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
public record SessionKey(byte[] id, byte[] publicKey) {

    static SessionKey read(TaggedFields fields) {
        return new SessionKey(fields.octets(0), fields.octets(1));
    }
}
