package dev.posthouse.repository.record;

import dev.posthouse.common.net.IpAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A session's record, as its collector needs it.
 *
 * @param sessionHash claim {@code sh} of the AccessURL it was stored under
 * @param refusal the CA's code, when there will be no certificate
 * @param chain PEM, leaf first; empty in a refusal and once it was deleted
 * @param addresses from which it may be collected: the client's own and all in the SAN
 * @param stored when
 * @param firstCollected when, if ever
 */
public record StoredRecord(
        String sessionHash,
        Optional<String> refusal,
        Optional<String> chain,
        Set<IpAddress> addresses,
        Instant stored,
        Optional<Instant> firstCollected) {

    public StoredRecord {
        addresses = Set.copyOf(addresses);
    }
}
