package dev.posthouse.relay.registration;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of an authorisation that has been used. */
@Entity
@Table(name = "used_authorization")
final class UsedAuthorizationRow {

    @Id byte[] digest;

    Instant expires;
}
