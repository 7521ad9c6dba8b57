package dev.posthouse.ymp.peer;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a host we know, as far as this package reads it. */
@Entity
@Table(name = "peer")
final class PeerRow {

    @Id String host;

    boolean blocked;
    String info;
    Instant infoExpires;
}
