package dev.posthouse.ymp.asking;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a token we hold; the token is sealed. */
@Entity
@Table(name = "held_token")
final class HeldTokenRow {

    @Id String host;

    byte[] token;
    Instant received;
    Instant expires;

    /** What is read. */
    @SuppressWarnings("ArrayRecordComponent") // Opened at once, never compared.
    record Sealed(byte[] token, Instant received, Instant expires) {}
}
