package dev.posthouse.relay.quota;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Table {@code parcel}, of which this package changes nothing. */
@Entity
@Table(name = "parcel")
class WaitingRow {
    @Id long seq;
}
