package dev.posthouse.common.node;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;

/** Bouncy Castle's ASN.1 without checked exceptions. */
final class Asn1 {

    private Asn1() {}

    static byte[] der(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException inMemory) {
            throw new IllegalStateException("A value cannot be encoded.", inMemory);
        }
    }

    /**
     * Exactly one value.
     *
     * @throws IllegalArgumentException for anything else
     */
    static ASN1Primitive read(byte[] octets) {
        try {
            return Optional.ofNullable(ASN1Primitive.fromByteArray(octets))
                    .orElseThrow(() -> new IllegalArgumentException("This is nothing."));
        } catch (IOException malformed) {
            throw new IllegalArgumentException("This is not ASN.1.", malformed);
        }
    }
}
