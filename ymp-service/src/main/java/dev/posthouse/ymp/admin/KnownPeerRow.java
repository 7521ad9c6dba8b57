package dev.posthouse.ymp.admin;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Table {@code peer}, of which this package changes nothing. */
@Entity
@Table(name = "peer")
class KnownPeerRow {
    @Id String host;
}
