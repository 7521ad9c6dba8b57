package dev.posthouse.common.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.CsrMaker;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.interfaces.ECPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EcRulesTest {

    private static final HexFormat HEX = HexFormat.of();

    /** The key with its point compressed. */
    static ASN1Encodable compressed(KeyPair keyPair) {
        return withPoint(
                keyPair, point -> ((ECPublicKey) keyPair.getPublic()).getQ().getEncoded(true));
    }

    private static SubjectPublicKeyInfo withPoint(KeyPair keyPair, UnaryOperator<byte[]> change) {
        var spki = SubjectPublicKeyInfo.getInstance(keyPair.getPublic().getEncoded());
        return new SubjectPublicKeyInfo(
                spki.getAlgorithm(), change.apply(spki.getPublicKeyData().getOctets()));
    }

    private static String answer(CsrMaker maker) {
        return Answer.to(maker.csr(Answer.NAME.value(), Answer.ADDRESS));
    }

    @Test
    void uncompressesAPoint() {
        for (CsrMaker maker : List.of(CsrMaker.p256(), CsrMaker.p384())) {
            maker.withSpki(compressed(maker.keyPair()));

            Csr csr =
                    new CsrRules(Answer.REFUSE)
                            .check(maker.csr(Answer.NAME.value(), Answer.ADDRESS), Answer.NAME);

            assertThat(csr.spki()).isEqualTo(maker.keyPair().getPublic().getEncoded());
        }
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsNoPoint(String what, UnaryOperator<byte[]> change) {
        CsrMaker maker = CsrMaker.p256();
        maker.withSpki(withPoint(maker.keyPair(), change));

        assertThat(answer(maker)).as(what).isEqualTo("csr.key.point");
    }

    static List<Arguments> refusesWhatIsNoPoint() {
        String prime = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
        return List.of(
                change("nothing", point -> new byte[0]),
                change("infinity", point -> new byte[1]),
                change("infinity at full length", point -> new byte[65]),
                change("a hybrid point", EcRulesTest::hybrid),
                change("a point off the curve", EcRulesTest::flipped),
                change("a short point", point -> Arrays.copyOf(point, 64)),
                change("a long point", point -> Arrays.copyOf(point, 66)),
                change("(0, 0)", point -> HEX.parseHex("04" + "00".repeat(64))),
                change("x = p", point -> HEX.parseHex("02" + prime)),
                change("x of no point", point -> HEX.parseHex("02" + "00".repeat(31) + "01")),
                change("a point of P-384", point -> p384()));
    }

    private static Arguments change(String what, UnaryOperator<byte[]> change) {
        return Arguments.of(what, change);
    }

    private static byte[] hybrid(byte[] point) {
        byte[] hybrid = point.clone();
        hybrid[0] = (byte) (0x06 | (point[64] & 1));
        return hybrid;
    }

    private static byte[] flipped(byte[] point) {
        byte[] flipped = point.clone();
        flipped[64] ^= 1;
        return flipped;
    }

    private static byte[] p384() {
        var spki =
                SubjectPublicKeyInfo.getInstance(
                        CsrMaker.p384().keyPair().getPublic().getEncoded());
        return spki.getPublicKeyData().getOctets();
    }

    @ParameterizedTest
    @MethodSource
    void refusesAnotherCurve(AlgorithmIdentifier algorithm) {
        CsrMaker maker = CsrMaker.p256();
        byte[] point = withPoint(maker.keyPair(), bits -> bits).getPublicKeyData().getOctets();
        maker.withSpki(new SubjectPublicKeyInfo(algorithm, point));

        assertThat(answer(maker)).isEqualTo("csr.key.curve");
    }

    static List<AlgorithmIdentifier> refusesAnotherCurve() {
        var ec = X9ObjectIdentifiers.id_ecPublicKey;
        return List.of(
                new AlgorithmIdentifier(ec),
                new AlgorithmIdentifier(ec, DERNull.INSTANCE),
                new AlgorithmIdentifier(ec, ec),
                new AlgorithmIdentifier(ec, SECObjectIdentifiers.secp256k1));
    }
}
