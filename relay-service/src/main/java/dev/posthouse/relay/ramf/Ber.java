package dev.posthouse.relay.ramf;

import dev.posthouse.relay.RelayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.bouncycastle.asn1.ASN1Primitive;

/**
 * One BER value, read where it lies: parcels are large and mostly payload. Lengths may be
 * indefinite, strings in pieces; the depth is bounded and whatever is malformed refused.
 */
final class Ber {

    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;

    /** An OCTET STRING in pieces. */
    static final int PIECES = 0x24;

    static final int OID = 0x06;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    /** Of a context tag, constructed; 0x80 where it is primitive. */
    static final int CONTEXT = 0xa0;

    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1f;
    private static final int INDEFINITE = 0x80;
    private static final int END_OF_CONTENTS = 2;
    private static final int DEEPEST = 24;

    private final byte[] all;
    private final int start;
    private final int from;
    private final int to;
    private final int depth;

    private Ber(byte[] all, int start, int from, int to, int depth) {
        this.all = all;
        this.start = start;
        this.from = from;
        this.to = to;
        this.depth = depth;
    }

    /** The one value that fills the rest of a buffer, which has an array. */
    static Ber only(ByteBuffer octets) {
        return only(octets, octets.remaining());
    }

    /**
     * The same where the last octets are not at hand; reading them fails.
     *
     * @param length how many there are in all
     */
    static Ber only(ByteBuffer first, int length) {
        int from = first.arrayOffset() + first.position();
        int limit = from + length;
        Ber value = read(first.array(), from, limit, 0);
        require(value.end() == limit);
        return value;
    }

    private static Ber read(byte[] all, int at, int limit, int depth) {
        require(depth <= DEEPEST && limit - at >= 2 && (all[at] & LONG_TAG) != LONG_TAG);
        int first = all[at + 1] & 0xff;
        if (first == INDEFINITE) {
            require((all[at] & CONSTRUCTED) != 0);
            return new Ber(all, at, at + 2, end(all, at + 2, limit, depth + 1), depth);
        }
        int more = first > INDEFINITE ? first - INDEFINITE : 0;
        require(more <= Integer.BYTES && limit - at - 2 >= more);
        long length = more == 0 ? first : 0;
        for (int octet = 0; octet < more; octet++) {
            length = (length << Byte.SIZE) | (all[at + 2 + octet] & 0xff);
        }
        int from = at + 2 + more;
        require(length <= limit - from);
        return new Ber(all, at, from, (int) (from + length), depth);
    }

    /** Where the end-of-contents of an indefinite length is. */
    private static int end(byte[] all, int from, int limit, int depth) {
        int at = from;
        while (limit - at < END_OF_CONTENTS || all[at] != 0 || all[at + 1] != 0) {
            at = read(all, at, limit, depth).end();
        }
        return at;
    }

    /** After the whole value. */
    private int end() {
        boolean indefinite = from == start + 2 && (all[start + 1] & 0xff) == INDEFINITE;
        return indefinite ? to + END_OF_CONTENTS : to;
    }

    int tag() {
        return all[start] & 0xff;
    }

    int length() {
        return to - from;
    }

    /** This, if it has that tag. */
    Ber as(int tag) {
        require(tag() == tag);
        return this;
    }

    /** What is in it, at most so many values. */
    List<Ber> parts(int most) {
        List<Ber> parts = new ArrayList<>();
        for (Iterator<Ber> values = values(); values.hasNext(); ) {
            require(parts.size() < most);
            parts.add(values.next());
        }
        return parts;
    }

    /** What is in it, read as it is asked for. */
    Iterator<Ber> values() {
        require((tag() & CONSTRUCTED) != 0);
        return new Iterator<>() {

            private int at = from;

            @Override
            public boolean hasNext() {
                return at < to;
            }

            @Override
            public Ber next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Ber value = read(all, at, to, depth + 1);
                at = value.end();
                return value;
            }
        };
    }

    /** The one value in it. */
    Ber part() {
        List<Ber> parts = parts(1);
        require(parts.size() == 1);
        return parts.getFirst();
    }

    /** Whether it has exactly this content. */
    boolean holds(byte[] content) {
        return Arrays.equals(all, from, to, content, 0, content.length);
    }

    /** What is in it, uncopied. */
    ByteBuffer content() {
        return ByteBuffer.wrap(all, from, to - from).slice();
    }

    /** What is in it. */
    byte[] octets() {
        return Arrays.copyOfRange(all, from, to);
    }

    /** The value with its header. */
    byte[] encoded() {
        return Arrays.copyOfRange(all, start, end());
    }

    /** The same value as Bouncy Castle reads it; for small ones. */
    ASN1Primitive asn1() {
        try {
            return ASN1Primitive.fromByteArray(encoded());
        } catch (IOException malformed) {
            throw malformed();
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw malformed();
        }
    }

    private static RelayException malformed() {
        return RelayException.malformed("parcel.encoding", "The parcel's encoding is malformed.");
    }
}
