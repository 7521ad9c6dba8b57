package dev.posthouse.repository.record;

import dev.posthouse.common.net.IpAddress;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The row of a session, which holds a certificate or a refusal. */
@Entity
@Table(name = "record")
final class RecordRow {

    @Id String jti;

    String sessionHash;
    String clientAddr;
    String cert;
    byte[] certHash;
    String[] sanIps;
    String refusal;
    Instant stored;
    Instant firstCollected;
    Instant expiresAt;

    /** What a collection reads. */
    @SuppressWarnings("ArrayRecordComponent") // Read out at once, never compared.
    record Collectable(
            String sessionHash,
            String clientAddr,
            String cert,
            String[] sanIps,
            String refusal,
            Instant stored,
            Instant firstCollected) {

        StoredRecord toRecord() {
            Set<IpAddress> addresses = new HashSet<>();
            if (clientAddr != null) {
                addresses.add(IpAddress.parse(clientAddr));
                Stream.of(sanIps).map(IpAddress::parse).forEach(addresses::add);
            }
            return new StoredRecord(
                    sessionHash,
                    Optional.ofNullable(refusal),
                    Optional.ofNullable(cert),
                    addresses,
                    stored,
                    Optional.ofNullable(firstCollected));
        }
    }
}
