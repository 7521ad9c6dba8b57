package dev.posthouse.client.parcel;

import dev.posthouse.client.node.TaggedFields;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * What a parcel says (RS-001).
 *
 * @param recipient the endpoint it is for
 * @param internetAddress where that is; null where the parcel does not say
 * @param id the message id
 * @param created when it was made
 * @param ttl how long it lives
 * @param payload what it carries
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
public record ParcelContent(
        String recipient,
        Optional<String> internetAddress,
        String id,
        Instant created,
        Duration ttl,
        byte[] payload) {

    private static final int FIELDS = 5;
    private static final int MOST_DIGITS = 8;
    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

    /**
     * Reads the five fields.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ParcelContent read(byte[] octets) {
        TaggedFields fields = TaggedFields.read(octets);
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException("a parcel has five fields");
        }
        TaggedFields recipient = fields.inner(0);
        return new ParcelContent(
                recipient.text(0),
                recipient.size() > 1 ? Optional.of(recipient.text(1)) : Optional.empty(),
                fields.text(1),
                instant(fields.text(2)),
                seconds(fields.octets(3)),
                fields.octets(4));
    }

    /** The last moment at which it may be handed out. */
    public Instant expires() {
        return created.plus(ttl);
    }

    private static Instant instant(String digits) {
        try {
            return LocalDateTime.parse(digits, DATE_TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a parcel has a date", e);
        }
    }

    private static Duration seconds(byte[] integer) {
        BigInteger seconds =
                integer.length == 0 || integer.length > MOST_DIGITS
                        ? BigInteger.ONE.negate()
                        : new BigInteger(integer);
        if (seconds.signum() < 0 || seconds.bitLength() > Integer.SIZE) {
            throw new IllegalArgumentException("a parcel has a time to live");
        }
        return Duration.ofSeconds(seconds.longValue());
    }

    @Override
    public String toString() {
        return "ParcelContent[to " + recipient + "]";
    }
}
