package dev.posthouse.ymp.receiving;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The row of a message that another host has sent us. */
@Entity
@Table(name = "inbox")
final class InboxRow {

    @Id Long seq;

    String senderHost;
    String id;
    byte[] contentHash;
    String protocol;
    String service;
    int octets;
    String message;
    Instant received;
    Instant acknowledged;
}
