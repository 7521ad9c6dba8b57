package dev.posthouse.relay.registration;

import dev.posthouse.relay.wire.Fields;
import dev.posthouse.relay.wire.ReadFields;

/**
 * A Private Node Registration Request (PNRR): a node brings its key and an authorisation, and shows
 * that the key is its own (PoHTTP, section 11.1).
 *
 * @param publicKey SubjectPublicKeyInfo
 * @param authorization PNRA
 * @param countersignature by that key
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
record RegistrationRequest(byte[] publicKey, byte[] authorization, byte[] countersignature) {

    private static final String PURPOSE = "1.3.6.1.4.1.58708.0.2.1";

    /**
     * Reads one; no signature is looked at.
     *
     * @throws IllegalArgumentException if it is none
     */
    static RegistrationRequest parse(byte[] octets) {
        ReadFields fields = ReadFields.of(octets, 3);
        return new RegistrationRequest(fields.octets(0), fields.octets(1), fields.octets(2));
    }

    /** What the node has signed. */
    byte[] countersigned() {
        return Fields.none().identifier(PURPOSE).octets(authorization).encoded();
    }

    @Override
    public String toString() {
        return "RegistrationRequest[]";
    }
}
