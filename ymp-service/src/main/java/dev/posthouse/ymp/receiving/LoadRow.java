package dev.posthouse.ymp.receiving;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The row of what waits of a sender. */
@Entity
@Table(name = "inbox_load")
final class LoadRow {

    @Id String senderHost;

    long messages;
    long octets;
    long taken;
}
