package dev.posthouse.common.node;

import java.nio.ByteBuffer;

/** The octets that were signed, as they came: encoding anew may change them. */
final class DerHeader {

    private DerHeader() {}

    /** The first element of a constructed value, with its header. */
    static ByteBuffer firstOf(byte[] der) {
        ByteBuffer all = ByteBuffer.wrap(der);
        header(all);
        ByteBuffer first = all.slice();
        int length = header(first);
        return first.limit(first.position() + length).position(0);
    }

    /** Reads tag and length, which must be definite. */
    private static int header(ByteBuffer from) {
        from.get();
        int length = from.get() & 0xff;
        if (length < 0x80) {
            return length;
        }
        int octets = length & 0x7f;
        if (octets == 0 || octets > Integer.BYTES) {
            throw new IllegalArgumentException("The length is not definite.");
        }
        int read = 0;
        for (int octet = 0; octet < octets; octet++) {
            read = (read << Byte.SIZE) | (from.get() & 0xff);
        }
        return read;
    }
}
