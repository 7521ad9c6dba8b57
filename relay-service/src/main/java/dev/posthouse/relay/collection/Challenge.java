package dev.posthouse.relay.collection;

import dev.posthouse.relay.wire.Fields;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;

/**
 * What a collecting gateway must sign (PoHTTP, section 11.1).
 *
 * @param nonce new for each connection
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record Challenge(byte[] nonce) {

    private static final String NONCE_SIGNATURE = "1.3.6.1.4.1.58708.0.3.1";
    private static final int OCTETS = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    Challenge {
        nonce = nonce.clone();
    }

    static Challenge random() {
        byte[] nonce = new byte[OCTETS];
        RANDOM.nextBytes(nonce);
        return new Challenge(nonce);
    }

    /** As it is sent. */
    byte[] encoded() {
        return Fields.none().octets(nonce).encoded();
    }

    /** What the signature is over. */
    byte[] signed() {
        return Fields.none().identifier(NONCE_SIGNATURE).octets(nonce).encoded();
    }

    /** The signature in an answer, if it holds exactly one and nothing else. */
    static Optional<byte[]> signature(byte[] answer) {
        try {
            ASN1Sequence fields = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(answer));
            ASN1TaggedObject field = ASN1TaggedObject.getInstance(fields.getObjectAt(0));
            if (fields.size() != 1 || !field.hasContextTag(0)) {
                return Optional.empty();
            }
            ASN1Sequence signatures = ASN1Sequence.getInstance(field, false);
            return signatures.size() == 1
                    ? Optional.of(
                            ASN1OctetString.getInstance(signatures.getObjectAt(0)).getOctets())
                    : Optional.empty();
        } catch (IOException | RuntimeException | StackOverflowError malformed) {
            return Optional.empty();
        }
    }
}
