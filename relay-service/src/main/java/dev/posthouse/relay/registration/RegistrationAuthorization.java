package dev.posthouse.relay.registration;

import dev.posthouse.relay.wire.Fields;
import dev.posthouse.relay.wire.ReadFields;
import java.time.Instant;

/**
 * A Private Node Registration Authorization (PNRA): our promise to register whoever has the key
 * whose digest it holds (PoHTTP, section 11.1).
 *
 * @param expires to the second
 * @param gatewayData what we know it again by
 * @param signature ours
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
record RegistrationAuthorization(Instant expires, byte[] gatewayData, byte[] signature) {

    private static final String PURPOSE = "1.3.6.1.4.1.58708.0.2.0";

    /**
     * Reads one; whether we signed it is not looked at.
     *
     * @throws IllegalArgumentException if it is none
     */
    static RegistrationAuthorization parse(byte[] octets) {
        ReadFields fields = ReadFields.of(octets, 3);
        return new RegistrationAuthorization(fields.time(0), fields.octets(1), fields.octets(2));
    }

    /** What is signed; the same for every encoding of the same authorisation. */
    static byte[] signed(Instant expires, byte[] gatewayData) {
        return Fields.none().identifier(PURPOSE).time(expires).octets(gatewayData).encoded();
    }

    byte[] signed() {
        return signed(expires, gatewayData);
    }

    byte[] encoded() {
        return Fields.none().time(expires).octets(gatewayData).octets(signature).encoded();
    }

    @Override
    public String toString() {
        return "RegistrationAuthorization[" + expires + "]";
    }
}
