package dev.posthouse.common.x509;

import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;

/** EC keys (certificates, section 5 rule 7): P-256 or P-384 by name, and a point on the curve. */
final class EcRules {

    private static final List<ASN1ObjectIdentifier> CURVES =
            List.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);

    private EcRules() {}

    static CsrKey check(List<Der> algorithm, byte[] point) {
        ASN1ObjectIdentifier name = curve(algorithm);
        var identifier = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, name);
        ECCurve curve = CustomNamedCurves.getByOID(name).getCurve();
        return CsrKey.of(CsrKey.Kind.EC, identifier, uncompressed(curve, point));
    }

    /** Explicit parameters are no OBJECT IDENTIFIER, so they match no name. */
    private static ASN1ObjectIdentifier curve(List<Der> algorithm) {
        return CURVES.stream()
                .filter(name -> algorithm.getLast().is(name))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidCsr("csr.key.curve", "The curve is not P-256 or P-384."));
    }

    /** The length is judged first: Bouncy Castle also reads infinity and hybrid points. */
    private static byte[] uncompressed(ECCurve curve, byte[] point) {
        int field = curve.getFieldElementEncodingLength();
        int length =
                switch (point.length == 0 ? 0 : point[0]) {
                    case 0x02, 0x03 -> 1 + field;
                    case 0x04 -> 1 + 2 * field;
                    default -> -1;
                };
        InvalidCsr refusal =
                new InvalidCsr("csr.key.point", "The key is not a point of its curve.");
        if (point.length != length) {
            throw refusal;
        }
        try {
            return curve.decodePoint(point).getEncoded(false);
        } catch (IllegalArgumentException e) {
            throw refusal;
        }
    }
}
