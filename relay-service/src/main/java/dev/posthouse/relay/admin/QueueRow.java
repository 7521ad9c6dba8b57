package dev.posthouse.relay.admin;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Table {@code parcel}, of which this package changes nothing. */
@Entity
@Table(name = "parcel")
class QueueRow {
    @Id long seq;
}
