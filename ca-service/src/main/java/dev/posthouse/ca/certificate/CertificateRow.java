package dev.posthouse.ca.certificate;

import dev.posthouse.ca.profile.Draft;
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

    static CertificateRow of(Draft draft, Instant leaseUntil) {
        CertificateRow row = new CertificateRow();
        row.serial = draft.serialNumber().hex();
        row.jti = draft.requester().jti();
        row.state = "SIGNING";
        row.leaseUntil = leaseUntil;
        row.notAfter = draft.notAfter();
        row.spkiHash = draft.requester().keyHash();
        return row;
    }
}
