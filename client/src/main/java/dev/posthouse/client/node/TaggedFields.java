package dev.posthouse.client.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

/**
 * A SEQUENCE whose fields have implicit tags [0], [1] and so on, as all structures of these
 * protocols have. A string's octets stand below its tag as they are, whatever its type.
 */
public final class TaggedFields {

    private final ASN1Sequence fields;

    private TaggedFields(ASN1Sequence fields) {
        this.fields = fields;
    }

    /** Numbers the values from 0. */
    public static DERSequence of(ASN1Encodable... values) {
        ASN1EncodableVector tagged = new ASN1EncodableVector(values.length);
        for (int tag = 0; tag < values.length; tag++) {
            tagged.add(new DERTaggedObject(false, tag, values[tag]));
        }
        return new DERSequence(tagged);
    }

    /** The same as octets. */
    public static byte[] encode(ASN1Encodable... values) {
        try {
            return of(values).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
    }

    /** A string of any type, below its tag. */
    public static ASN1Encodable text(String text) {
        return new DEROctetString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads one such sequence and nothing after it.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static TaggedFields read(byte[] octets) {
        try {
            return new TaggedFields(ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(octets)));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new IllegalArgumentException("no sequence of fields", e);
        }
    }

    /** How many there are. */
    public int size() {
        return fields.size();
    }

    /** The octets of a string. */
    public byte[] octets(int tag) {
        return octets(field(tag), tag);
    }

    /** A string of characters, none of which may steer anything. */
    public String text(int tag) {
        String text = new String(octets(tag), StandardCharsets.ISO_8859_1);
        if (!text.matches("[ -~]*")) {
            throw new IllegalArgumentException("field [" + tag + "] is no plain text");
        }
        return text;
    }

    /** The fields of a sequence. */
    public TaggedFields inner(int tag) {
        try {
            return new TaggedFields(ASN1Sequence.getInstance(field(tag), false));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("field [" + tag + "] is no sequence", e);
        }
    }

    /** The same, where it may be missing. */
    public Optional<TaggedFields> innerIfAny(int tag) {
        return tag < size() ? Optional.of(inner(tag)) : Optional.empty();
    }

    private ASN1TaggedObject field(int tag) {
        if (tag < fields.size()
                && fields.getObjectAt(tag) instanceof ASN1TaggedObject field
                && field.hasContextTag(tag)) {
            return field;
        }
        throw new IllegalArgumentException("there is no field [" + tag + "]");
    }

    private static byte[] octets(ASN1TaggedObject field, int tag) {
        try {
            return ASN1OctetString.getInstance(field, false).getOctets();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("field [" + tag + "] is no string", e);
        }
    }
}
