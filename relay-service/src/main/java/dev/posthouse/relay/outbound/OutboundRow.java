package dev.posthouse.relay.outbound;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Table {@code outbound}, without the octets, which are asked for by themselves. */
@Entity
@Table(name = "outbound")
class OutboundRow {
    @Id long seq;
    byte[] identity;
    String internetAddress;
    String recipient;
    String contentType;
    Instant expires;
    int size;
    int version;
    int attempts;
    Instant dueAt;
    String dead;
    Instant deadAt;
    Instant arrived;

    Waiting toWaiting() {
        return new Waiting(
                new Waiting.Version(seq, version),
                internetAddress,
                contentType,
                size,
                attempts,
                dueAt,
                arrived,
                expires);
    }

    DeadLetter toDeadLetter() {
        return new DeadLetter(
                seq,
                OutboundParcel.hash(identity),
                internetAddress,
                new DeadLetter.Kept(recipient, size, arrived, expires),
                new DeadLetter.Fate(deadAt, dead, attempts));
    }
}
