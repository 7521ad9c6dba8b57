package dev.posthouse.common.x509;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * One value of strict DER (X.690, sections 8 to 11), as far as a PKCS#10 request has a use for it.
 *
 * <p>The whole tree is read and judged at once: definite lengths in the fewest octets, low tag
 * numbers, primitive strings, sets in order, and contents by {@link DerContents}. What it lets pass
 * has no second encoding. General parsers are laxer than that on purpose.
 */
final class Der {

    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int NULL = 0x05;
    static final int OID = 0x06;
    static final int UTF8_STRING = 0x0c;
    static final int PRINTABLE_STRING = 0x13;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final int CONSTRUCTED = 0x20;
    private static final int CLASS = 0xc0;
    private static final int MAX_DEPTH = 16;

    private final byte[] source;
    private final int start;
    private final int contentStart;
    private final int end;
    private final List<Der> children = new ArrayList<>();

    private Der(byte[] source, int start, int limit, int depth) {
        this.source = source;
        this.start = start;
        check(depth <= MAX_DEPTH && limit - start >= 2 && (source[start] & 0x1f) != 0x1f);
        int first = source[start + 1] & 0xff;
        int lengthOctets = first < 0x80 ? 0 : first - 0x80;
        check(first != 0x80 && lengthOctets <= 3 && limit - start - 2 >= lengthOctets);
        this.contentStart = start + 2 + lengthOctets;
        int length = lengthOctets == 0 ? first : longLength(lengthOctets);
        check(length <= limit - contentStart);
        this.end = contentStart + length;
        if ((source[start] & CONSTRUCTED) != 0) {
            readChildren(depth);
        } else {
            check((source[start] & CLASS) != 0 || DerContents.wellFormed(tag(), content()));
        }
    }

    /**
     * Reads bytes that are exactly one value.
     *
     * @throws InvalidCsr with code {@code csr.der} if they are not
     */
    static Der read(byte[] source) {
        Der value = new Der(source, 0, source.length, 0);
        check(value.end == source.length);
        return value;
    }

    private int longLength(int octets) {
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << 8 | (source[start + 2 + i] & 0xff);
        }
        check(length >= 0x80 && length >>> (8 * (octets - 1)) != 0);
        return length;
    }

    private void readChildren(int depth) {
        check((source[start] & CLASS) != 0 || tag() == SEQUENCE || tag() == SET);
        for (int next = contentStart; next < end; next = children.getLast().end) {
            Der child = new Der(source, next, end, depth + 1);
            check(tag() != SET || children.isEmpty() || children.getLast().compareTo(child) <= 0);
            children.add(child);
        }
    }

    private int compareTo(Der next) {
        return Arrays.compareUnsigned(source, start, end, source, next.start, next.end);
    }

    private int tag() {
        return source[start] & 0xff;
    }

    boolean is(int tag) {
        return tag() == tag;
    }

    /** Whether this is that OBJECT IDENTIFIER. */
    boolean is(ASN1ObjectIdentifier identifier) {
        return is(OID) && ASN1ObjectIdentifier.fromContents(content()).equals(identifier);
    }

    /** The parts of a constructed value. */
    List<Der> parts(int tag) {
        check(is(tag));
        return children;
    }

    /** The parts of a SEQUENCE of at least {@code min} and at most {@code max}. */
    List<Der> sequence(int min, int max) {
        List<Der> parts = parts(SEQUENCE);
        check(parts.size() >= min && parts.size() <= max);
        return parts;
    }

    byte[] content() {
        return Arrays.copyOfRange(source, contentStart, end);
    }

    /** The content of a value that has this tag. */
    byte[] content(int tag) {
        check(is(tag));
        return content();
    }

    /** The octets of a BIT STRING that has no unused bits. */
    byte[] bits() {
        byte[] content = content(BIT_STRING);
        check(content[0] == 0);
        return Arrays.copyOfRange(content, 1, content.length);
    }

    /** The value with its tag and length, as it came. */
    byte[] encoded() {
        return Arrays.copyOfRange(source, start, end);
    }

    private static void check(boolean holds) {
        InvalidCsr.unless(holds, "csr.der", "The request is not PKCS#10 in strict DER.");
    }
}
