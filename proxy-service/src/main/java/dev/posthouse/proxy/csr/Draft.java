package dev.posthouse.proxy.csr;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.Csr;
import dev.posthouse.proxy.address.ClientAddresses;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A CSR that has passed every rule and waits to be recorded.
 *
 * @param nameHash the keyed hash of its session name
 * @param csr the request
 * @param addresses what goes into the certificate
 * @param observed where the request came from
 * @param accessUrl what the client will be given
 * @param acceptedAt now
 * @param claims what no other session may hold at the same time
 * @param traceparent the trace it came in
 */
record Draft(
        String nameHash,
        Csr csr,
        ClientAddresses.Pair addresses,
        IpAddress observed,
        AccessUrlSigner.SignedUrl accessUrl,
        Instant acceptedAt,
        Claims claims,
        Optional<String> traceparent) {

    /**
     * What no other session may hold at the same time.
     *
     * @param open mode {@code wan}: the pair of addresses, while the session is open
     * @param key {@code csr.unique-key}: SHA-256 of the SPKI in hex, while the session lives
     */
    record Claims(Optional<String> open, Optional<String> key) {}

    /** SHA-256 of the CSR's DER, hex. */
    String csrHash() {
        return HexFormat.of().formatHex(csr.hash());
    }

    Submission asSubmission() {
        return new Submission(
                csrHash(),
                addresses.client(),
                accessUrl.url(),
                accessUrl.jti(),
                acceptedAt,
                Submission.State.ACCEPTED);
    }
}
