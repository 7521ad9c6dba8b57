package dev.posthouse.ca.certificate;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Table {@code certificate}. */
@Entity
@Table(name = "certificate")
class CertificateRow {
    @Id String serial;
    String jti;
    String state;
    Instant leaseUntil;
    byte[] der;
    Instant notAfter;
    String spkiHash;
}
