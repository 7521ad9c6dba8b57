package dev.posthouse.ymp.granting;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a token that another host holds. */
@Entity
@Table(name = "granted_token")
final class GrantedTokenRow {

    @Id byte[] tokenHash;

    String host;
    Instant created;
    Instant expires;
    Instant revoked;
}
