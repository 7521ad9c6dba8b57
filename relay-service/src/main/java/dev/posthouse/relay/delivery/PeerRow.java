package dev.posthouse.relay.delivery;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Table {@code peer}. */
@Entity
@Table(name = "peer")
class PeerRow {
    @Id String address;
    Instant dueAt;
    UUID holder;
    Instant leaseUntil;
    int failures;
    Instant pauseUntil;
    Instant restUntil;
    boolean sound;

    Claim toClaim() {
        return new Claim(address, holder, new Standing(failures, pauseUntil, restUntil), sound);
    }
}
