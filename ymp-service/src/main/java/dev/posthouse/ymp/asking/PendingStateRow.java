package dev.posthouse.ymp.asking;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a state whose grant is awaited. */
@Entity
@Table(name = "pending_state")
final class PendingStateRow {

    @Id byte[] stateHash;

    String host;
    Instant created;
    Instant expires;
    boolean used;
}
