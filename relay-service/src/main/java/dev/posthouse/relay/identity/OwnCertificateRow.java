package dev.posthouse.relay.identity;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a self-issued certificate of ours. */
@Entity
@Table(name = "own_certificate")
final class OwnCertificateRow {

    @Id byte[] digest;

    String nodeId;
    byte[] certificate;
    Instant notBefore;
    Instant notAfter;
}
