package dev.posthouse.relay.gateway;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a private gateway. */
@Entity
@Table(name = "gateway")
final class GatewayRow {

    @Id String id;

    Instant registered;
    Instant revoked;
}
