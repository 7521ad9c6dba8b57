package dev.posthouse.proxy.csr;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of table {@code session} (certificates, section 13). */
@Entity
@Table(name = "session")
class SubmissionRow {
    @Id String nameHash;
    String sessionName;
    String csrHash;
    byte[] csr;
    String addr;
    String wan;
    String observed;
    String jti;
    String accessUrl;
    Instant createdAt;
    Instant expiresAt;

    @Enumerated(EnumType.STRING)
    Submission.State state;

    int attempts;
    Instant nextAttempt;
    Instant leaseUntil;
    String openClaim;
    String keyClaim;
    String traceparent;
}
