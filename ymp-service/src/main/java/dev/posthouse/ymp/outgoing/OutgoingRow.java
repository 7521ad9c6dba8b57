package dev.posthouse.ymp.outgoing;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Table {@code outgoing}. */
@Entity
@Table(name = "outgoing")
class OutgoingRow {
    @Id long seq;
    String host;
    String id;
    byte[] contentHash;
    int octets;
    String message;
    Instant posted;
    int attempts;
    Instant sent;
    Instant dead;
    String cause;

    Waiting toWaiting() {
        return new Waiting(seq, id, message);
    }

    DeadLetter toDeadLetter() {
        return new DeadLetter(seq, host, id, posted, new DeadLetter.Fate(dead, cause, attempts));
    }
}
