package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.RelayException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;

/**
 * What a parcel says of itself (sections 3 to 5). The payload is for its recipient alone.
 *
 * @param recipient whom it is for
 * @param messageId what its sender calls it
 * @param created when it was made
 * @param expires when it ends
 */
record Fields(Recipient recipient, String messageId, Instant created, Instant expires) {

    /** 180 days, in seconds. */
    static final int LONGEST_LIFE = 15_552_000;

    static final int LONGEST_PAYLOAD = 8_388_608;

    private static final int COUNT = 5;
    private static final int PRIMITIVE = 0x80;

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    /** The field set of format B or C. */
    static Fields read(Pieces content, Format format) {
        List<Ber> fields = Ber.only(content.head(), content.length()).as(Ber.SEQUENCE).parts(COUNT);
        require(fields.size() == COUNT, "parcel.fields", "A parcel has five fields.");
        Instant created = dateTime(text(fields.get(2), 2));
        Instant expires = created.plusSeconds(life(fields.get(3)));
        checkPayload(fields.get(4).as(PRIMITIVE | 4).length());
        Recipient recipient =
                format == Format.C
                        ? recipient(fields.getFirst())
                        : Recipients.legacy(text(fields.getFirst(), 0));
        return new Fields(recipient, messageId(text(fields.get(1), 1)), created, expires);
    }

    private static Recipient recipient(Ber field) {
        List<Ber> parts = field.as(Ber.CONTEXT).parts(2);
        require(!parts.isEmpty(), "parcel.recipient", "The recipient is empty.");
        NodeId id = Recipients.id(text(parts.getFirst(), 0));
        return parts.size() == 1
                ? Recipient.of(id)
                : Recipient.of(id, Recipients.domain(text(parts.getLast(), 1)));
    }

    /** A field that is a VisibleString, with what must not come this far refused. */
    private static String text(Ber field, int number) {
        return visible(field.as(PRIMITIVE | number).content());
    }

    static String visible(ByteBuffer octets) {
        require(
                octets.remaining() <= Recipients.LONGEST,
                "parcel.text",
                "A text of the parcel is too long.");
        String text = StandardCharsets.ISO_8859_1.decode(octets).toString();
        boolean visible = text.chars().allMatch(c -> c >= ' ' && c <= '~');
        require(visible, "parcel.text", "A text of the parcel holds what cannot be seen.");
        return text;
    }

    static String messageId(String text) {
        boolean fits = !text.isEmpty() && text.length() <= 64;
        require(fits, "parcel.message-id", "A message id has 1 to 64 characters.");
        return text;
    }

    private static Instant dateTime(String text) {
        try {
            return LocalDateTime.parse(text, DATE_TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException malformed) {
            throw RelayException.malformed(
                    "parcel.created", "The creation date is no date and time.");
        }
    }

    /** It has a sign, and may be of any size. */
    private static long life(Ber field) {
        boolean small = field.as(PRIMITIVE | 3).length() <= Long.BYTES;
        BigInteger seconds =
                small ? new BigInteger(field.octets()) : BigInteger.valueOf(Long.MAX_VALUE);
        return life(seconds.longValueExact());
    }

    static long life(long seconds) {
        boolean fits = seconds >= 0 && seconds <= LONGEST_LIFE;
        require(fits, "parcel.ttl", "The TTL is not 0 to 15552000 seconds.");
        return seconds;
    }

    static void checkPayload(long octets) {
        require(octets <= LONGEST_PAYLOAD, "parcel.payload", "The payload is too long.");
    }

    private static void require(boolean condition, String code, String message) {
        if (!condition) {
            throw RelayException.malformed(code, message);
        }
    }
}
