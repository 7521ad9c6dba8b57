package dev.posthouse.relay.parcel;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Table {@code parcel}. */
@Entity
@Table(name = "parcel")
class ParcelRow {
    @Id long seq;
    byte[] identity;
    String gateway;
    String recipient;
    String sender;
    String messageId;
    Instant created;
    Instant expires;
    byte[] digest;
    int size;
    byte[] octets;
    String sentBy;
    UUID deliveryId;
    Instant arrived;
}
