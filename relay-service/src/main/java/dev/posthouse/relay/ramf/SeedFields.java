package dev.posthouse.relay.ramf;

import dev.posthouse.relay.RelayException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/**
 * The fields of format A (section 5): little-endian, each after its length.
 *
 * @param fields what the parcel says of itself
 * @param signature a detached CMS signature over all that stands before its length
 */
record SeedFields(Fields fields, ByteBuffer signature) {

    private static final int LONGEST_SIGNATURE = 16_383;

    /** What has no life has ended. */
    private static final Instant AT_ONCE = Instant.EPOCH;

    /** Reads what comes after type and version, to the end. */
    static SeedFields read(ByteBuffer octets) {
        ByteBuffer from = octets.order(ByteOrder.LITTLE_ENDIAN);
        String recipient = Fields.visible(take(from, unsigned(from.getShort())));
        String messageId = Fields.visible(take(from, Byte.toUnsignedInt(from.get())));
        Instant created = Instant.ofEpochSecond(Integer.toUnsignedLong(from.getInt()));
        long life = unsigned(from.getShort()) + ((long) Byte.toUnsignedInt(from.get()) << 16);
        long payload = Integer.toUnsignedLong(from.getInt());
        Fields.checkPayload(payload);
        take(from, payload);
        Instant expires = created.plusSeconds(Fields.life(life));
        Fields fields =
                new Fields(
                        Recipients.legacy(recipient),
                        Fields.messageId(messageId),
                        created,
                        life == 0 ? AT_ONCE : expires);
        return new SeedFields(fields, signature(from));
    }

    private static ByteBuffer signature(ByteBuffer from) {
        int length = unsigned(from.getShort());
        if (length > LONGEST_SIGNATURE || length != from.remaining()) {
            throw RelayException.malformed(
                    "parcel.fields", "The signature does not end the parcel.");
        }
        return take(from, length);
    }

    /** The length field and what it counts. */
    int signatureField() {
        return Short.BYTES + signature.capacity();
    }

    private static int unsigned(short number) {
        return Short.toUnsignedInt(number);
    }

    /** What is not there makes the buffer throw. */
    private static ByteBuffer take(ByteBuffer from, long length) {
        ByteBuffer taken = from.slice(from.position(), Math.toIntExact(length));
        from.position(from.position() + taken.capacity());
        return taken;
    }
}
