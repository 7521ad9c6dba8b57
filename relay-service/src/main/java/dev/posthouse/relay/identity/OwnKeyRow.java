package dev.posthouse.relay.identity;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a private key of ours. */
@Entity
@Table(name = "own_key")
final class OwnKeyRow {

    @Id String id;

    String purpose;
    byte[] sealed;
    Instant created;
}
