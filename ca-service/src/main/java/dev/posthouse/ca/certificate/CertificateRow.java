package dev.posthouse.ca.certificate;

import dev.posthouse.ca.profile.Draft;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

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
        row.spkiHash = spkiHash(draft.requester().key());
        return row;
    }

    private static String spkiHash(SubjectPublicKeyInfo key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (IOException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
