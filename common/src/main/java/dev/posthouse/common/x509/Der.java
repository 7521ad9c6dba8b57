package dev.posthouse.common.x509;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * One value of strict DER (X.690, sections 8 to 11), as far as a PKCS#10 request has a use for it.
 *
 * <p>The whole tree is judged as it is read: definite lengths in the fewest octets, low tag
 * numbers, primitive strings, sets in order, contents by {@link DerContents}. What passes has no
 * second encoding; general parsers are laxer on purpose.
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

    private static final int MAX_DEPTH = 16;

    private final byte[] source;
    private final int start;
    private final int tag;
    private final int contentStart;
    private final int end;
    private final List<Der> parts = new ArrayList<>();

    private Der(byte[] source, int start, int limit, int depth) {
        check(depth <= MAX_DEPTH && limit - start >= 2);
        this.source = source;
        this.start = start;
        this.tag = source[start] & 0xff;
        int lengthOctets = source[start + 1] >= 0 ? 0 : source[start + 1] & 0x7f;
        this.contentStart = start + 2 + lengthOctets;
        check((tag & 0x1f) != 0x1f && lengthOctets <= 3 && contentStart <= limit);
        int length = lengthOctets == 0 ? source[start + 1] : longLength(lengthOctets);
        check(length >= 0 && length <= limit - contentStart);
        this.end = contentStart + length;
        boolean universal = tag < 0x40;
        if ((tag & 0x20) != 0) {
            check(!universal || tag == SEQUENCE || tag == SET);
            readParts(depth + 1);
        } else {
            check(!universal || DerContents.wellFormed(tag, content()));
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
        for (int i = start + 2; i < start + 2 + octets; i++) {
            length = length << 8 | (source[i] & 0xff);
        }
        check(length >= 0x80 && length >>> (8 * (octets - 1)) != 0);
        return length;
    }

    private void readParts(int depth) {
        for (int next = contentStart; next < end; next = parts.getLast().end) {
            Der part = new Der(source, next, end, depth);
            check(tag != SET || parts.isEmpty() || parts.getLast().precedes(part));
            parts.add(part);
        }
    }

    private boolean precedes(Der next) {
        return Arrays.compareUnsigned(source, start, end, source, next.start, next.end) <= 0;
    }

    boolean is(int expected) {
        return tag == expected;
    }

    /** Whether this is that OBJECT IDENTIFIER. */
    boolean is(ASN1ObjectIdentifier identifier) {
        return is(OID) && ASN1ObjectIdentifier.fromContents(content()).equals(identifier);
    }

    /** The parts of a constructed value that must have this tag. */
    List<Der> parts(int expected) {
        check(is(expected));
        return parts;
    }

    /** The parts of a SEQUENCE of at least {@code min} and at most {@code max}. */
    List<Der> sequence(int min, int max) {
        check(is(SEQUENCE) && parts.size() >= min && parts.size() <= max);
        return parts;
    }

    byte[] content() {
        return Arrays.copyOfRange(source, contentStart, end);
    }

    /** The content of a value that must have this tag. */
    byte[] content(int expected) {
        check(is(expected));
        return content();
    }

    /** The octets of a BIT STRING, which must be whole. */
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
        InvalidCsr.unless(holds, "csr.der", "The CSR is not PKCS#10 in strict DER.");
    }
}
