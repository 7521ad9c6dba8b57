package dev.posthouse.proxy.csr;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.net.IpAddress;
import java.time.Instant;

/**
 * A CSR that was accepted, and where it stands.
 *
 * <pre>
 * ACCEPTED ──► FORWARDED   the CA has it
 *    │   └───► REFUSED     the CA refuses it for good
 *    └───────► EXPIRED     nobody took it before the AccessURL ended
 * </pre>
 *
 * @param csrHash SHA-256 of the CSR's DER, hex
 * @param clientAddress as it goes into the certificate
 * @param accessUrl what the client was given; a capability
 * @param jti the AccessURL's name
 * @param acceptedAt when
 * @param state where it stands
 */
record Submission(
        String csrHash,
        IpAddress clientAddress,
        String accessUrl,
        String jti,
        Instant acceptedAt,
        State state) {

    /** Where a submission stands. */
    enum State {
        ACCEPTED,
        FORWARDED,
        REFUSED,
        EXPIRED
    }

    /** Whether a repeat brings the same again (certificates, section 9). */
    boolean isSame(String otherCsrHash, IpAddress otherAddress) {
        return csrHash.equals(otherCsrHash) && clientAddress.equals(otherAddress);
    }

    @Override
    public String toString() {
        return "Submission[" + AccessUrl.jtiHash(jti) + ", " + state + "]";
    }
}
