package dev.posthouse.relay.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERVisibleString;

/**
 * A structure of PoWeb (PoHTTP, section 11.1): a SEQUENCE whose fields are tagged implicitly, by
 * their places from 0.
 */
public final class Fields {

    /** DATE-TIME without its punctuation, as the deployed libraries write it: UTC, 14 digits. */
    static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);

    private static final int SEQUENCE = 0x30;
    private static final int CONTEXT = 0x80;

    /** A length of more than seven bits follows in so many octets. */
    private static final int LONG_LENGTH = 0x80;

    private final List<ASN1Encodable> fields = new ArrayList<>();

    private Fields() {}

    /** None yet. */
    public static Fields none() {
        return new Fields();
    }

    /** And these octets. */
    public Fields octets(byte[] octets) {
        return and(new DEROctetString(octets));
    }

    /** And this text of visible characters. */
    public Fields text(String text) {
        return and(new DERVisibleString(text));
    }

    /** And this time, to the second that it is in. */
    public Fields time(Instant time) {
        return octets(DATE_TIME.format(time.atOffset(ZoneOffset.UTC)).getBytes(US_ASCII));
    }

    /** And this OBJECT IDENTIFIER. */
    public Fields identifier(String identifier) {
        return and(new ASN1ObjectIdentifier(identifier));
    }

    /** And this structure. */
    public Fields structure(Fields inner) {
        return and(inner.sequence());
    }

    private Fields and(ASN1Encodable field) {
        fields.add(new DERTaggedObject(false, fields.size(), field));
        return this;
    }

    private DERSequence sequence() {
        return new DERSequence(fields.toArray(ASN1Encodable[]::new));
    }

    /** The whole in DER. */
    public byte[] encoded() {
        return der(sequence());
    }

    /** The whole with one more field of so many octets at its end, but for these octets: in DER. */
    public byte[] encodedBefore(int octets) {
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        fields.forEach(field -> contents.writeBytes(der(field.toASN1Primitive())));
        contents.write(CONTEXT | fields.size());
        writeLength(octets, contents);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(SEQUENCE);
        writeLength(contents.size() + octets, whole);
        whole.writeBytes(contents.toByteArray());
        return whole.toByteArray();
    }

    private static void writeLength(int length, ByteArrayOutputStream to) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(length);
        if (bits < Byte.SIZE) {
            to.write(length);
            return;
        }
        int octets = (bits + Byte.SIZE - 1) / Byte.SIZE;
        to.write(LONG_LENGTH | octets);
        for (int left = octets - 1; left >= 0; left--) {
            to.write(length >> (left * Byte.SIZE));
        }
    }

    private static byte[] der(ASN1Primitive value) {
        try {
            return value.getEncoded(ASN1Encoding.DER);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
