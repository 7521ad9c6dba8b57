package dev.posthouse.relay.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;

/**
 * A structure of PoWeb that somebody sent (PoHTTP, section 11.1), in BER: {@link Fields} the other
 * way round. Every failure is an {@link IllegalArgumentException}.
 */
public final class ReadFields {

    private final List<byte[]> fields;

    private ReadFields(List<byte[]> fields) {
        this.fields = fields;
    }

    /**
     * Reads octets that are exactly one structure of so many fields, each of them octets or text.
     *
     * @throws IllegalArgumentException if they are not
     */
    public static ReadFields of(byte[] octets, int count) {
        try {
            ASN1Sequence sequence = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(octets));
            if (sequence.size() != count) {
                throw new IllegalArgumentException("other fields");
            }
            return new ReadFields(
                    IntStream.range(0, count).mapToObj(place -> field(sequence, place)).toList());
        } catch (IOException | RuntimeException | StackOverflowError malformed) {
            throw new IllegalArgumentException("no such structure", malformed);
        }
    }

    private static byte[] field(ASN1Sequence sequence, int place) {
        ASN1TaggedObject field = ASN1TaggedObject.getInstance(sequence.getObjectAt(place));
        if (!field.hasContextTag(place)) {
            throw new IllegalArgumentException("a field in another place");
        }
        return ASN1OctetString.getInstance(field, false).getOctets();
    }

    /** The octets of a field. */
    public byte[] octets(int place) {
        return fields.get(place).clone();
    }

    /**
     * The time that a field holds.
     *
     * @throws IllegalArgumentException if it holds none
     */
    public Instant time(int place) {
        try {
            return LocalDateTime.parse(new String(fields.get(place), US_ASCII), Fields.DATE_TIME)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException("no time", malformed);
        }
    }
}
