package dev.posthouse.common.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A fact, in a CloudEvents 1.0 envelope (JSON). Delivered at least once: consumers deduplicate by
 * {@code id}.
 *
 * @param <D> what is said of it, small and self-contained
 * @param id unique for this event
 * @param source the service that says so, such as {@code /proxy-service}
 * @param type such as {@code csr.accepted}
 * @param subject what must stay in order, and the Kafka key: a hash, a serial
 * @param time when it happened
 * @param data one record per type
 */
@JsonPropertyOrder({"specversion", "id", "source", "type", "subject", "time", "data"})
public record Event<D extends Event.Data>(
        String id, String source, String type, String subject, Instant time, D data) {

    /** What one type of event says; the types are listed here and in {@code docs/asyncapi.yaml}. */
    public sealed interface Data
            permits CsrAccepted,
                    CsrForwarded,
                    CertificateIssued,
                    CertificateRefused,
                    CertificateStored,
                    CertificateCollected,
                    MessageReceived,
                    PacketAccepted,
                    PacketDead,
                    PacketRejected,
                    PacketSent,
                    ParcelAccepted,
                    ParcelCollected,
                    ParcelDead,
                    ParcelDelivered,
                    ParcelExpired,
                    TokenGranted,
                    TokenReceived,
                    TokenRefused,
                    TokenRevoked {
        /** The event's type, such as {@code csr.accepted}. */
        String type();

        /** The short name of the service that says it: the first part of the topic. */
        String origin();

        /** What must stay in order. */
        String subject();
    }

    /** The envelope around what happened now. */
    public static <D extends Data> Event<D> of(D data, Instant time) {
        return new Event<>(
                id(time),
                "/" + data.origin() + "-service",
                data.type(),
                data.subject(),
                time,
                data);
    }

    /**
     * A UUID of version 7 (RFC 9562): unique, ordered, and no secret; of the system's own random
     * octets a hundred at a time would be dear.
     */
    private static String id(Instant time) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long first = time.toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000);
        return new UUID(first, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
    }

    /** CloudEvents' version of this envelope. */
    @JsonProperty("specversion")
    public String specversion() {
        return "1.0";
    }

    /** The topic: {@code <short>.<event>} in kebab case, such as {@code ca.certificate-issued}. */
    public String topic() {
        return data.origin() + "." + type.replace('.', '-');
    }
}
