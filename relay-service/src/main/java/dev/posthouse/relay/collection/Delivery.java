package dev.posthouse.relay.collection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.posthouse.relay.parcel.Waiting;
import java.io.ByteArrayOutputStream;

/**
 * A parcel and its delivery id as they are sent (PoHTTP, section 11.1). Long ones are not held in
 * memory as a whole, so the lengths are written before the octets are there.
 */
final class Delivery {

    private static final int SEQUENCE = 0x30;
    private static final int ID = 0x80;
    private static final int PARCEL = 0x81;
    private static final int MOST_IN_ONE = 0x7f;

    private Delivery() {}

    /** All but those octets of the parcel that are still to be read. */
    static byte[] begin(Waiting parcel) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        byte[] id = parcel.delivery().toString().getBytes(US_ASCII);
        writeHead(ID, id.length, fields);
        fields.writeBytes(id);
        writeHead(PARCEL, parcel.size(), fields);
        ByteArrayOutputStream message =
                new ByteArrayOutputStream(2 * fields.size() + parcel.octets().length);
        writeHead(SEQUENCE, fields.size() + parcel.size(), message);
        message.writeBytes(fields.toByteArray());
        message.writeBytes(parcel.octets());
        return message.toByteArray();
    }

    private static void writeHead(int tag, int length, ByteArrayOutputStream to) {
        to.write(tag);
        if (length <= MOST_IN_ONE) {
            to.write(length);
            return;
        }
        int octets = Integer.BYTES - Integer.numberOfLeadingZeros(length) / Byte.SIZE;
        to.write(0x80 | octets);
        for (int i = octets - 1; i >= 0; i--) {
            to.write(length >>> (i * Byte.SIZE));
        }
    }
}
