package dev.posthouse.ymp.sending;

import dev.posthouse.common.guard.HostName;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Table {@code peer}, as far as sending goes. */
@Entity
@Table(name = "peer")
class DestinationRow {
    @Id String host;
    boolean blocked;
    Instant dueAt;
    Instant leaseUntil;
    int failures;
    Instant backoffUntil;
    Instant askedAt;
    Instant awaitingUntil;
    boolean refused;

    Claim toClaim() {
        return new Claim(
                HostName.parse(host),
                leaseUntil,
                failures,
                refused,
                new Claim.Times(backoffUntil, askedAt, awaitingUntil));
    }
}
