package dev.posthouse.common.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.CsrMaker;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyRulesTest {

    private static final AlgorithmIdentifier ED25519 =
            new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
    private static final AlgorithmIdentifier ED25519_NULL =
            new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519, DERNull.INSTANCE);

    private static String answer(AlgorithmIdentifier algorithm, byte[] key) {
        return Answer.to(
                CsrMaker.ed25519()
                        .withSpki(new SubjectPublicKeyInfo(algorithm, key))
                        .csr(Answer.NAME.value(), Answer.ADDRESS));
    }

    @Test
    void refusesEd25519WhenThePolicyDoes() {
        CsrPolicy without = new CsrPolicy(false, false, Answer.REFUSE.addresses(), key -> false);
        String csr = CsrMaker.ed25519().csr(Answer.NAME.value(), Answer.ADDRESS);

        assertThat(Answer.to(csr, without)).isEqualTo("csr.key.type");
    }

    @Test
    void refusesParametersOfEd25519() {
        assertThat(answer(ED25519_NULL, goodPoint())).isEqualTo("csr.key.type");
    }

    @Test
    void refusesAKeyThatCannotSign() {
        for (var type : List.of(EdECObjectIdentifiers.id_X25519, EdECObjectIdentifiers.id_Ed448)) {
            assertThat(answer(new AlgorithmIdentifier(type), goodPoint()))
                    .isEqualTo("csr.key.type");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                // Of order 1, 2, 4 and 8.
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                // Not canonical: y is at least the prime.
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                // Not on the curve.
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void refusesAPointThatIsNoEd25519Key(String hex) {
        assertThat(answer(ED25519, HexFormat.of().parseHex(hex))).isEqualTo("csr.key.point");
    }

    private static byte[] goodPoint() {
        var key = CsrMaker.ed25519().keyPair().getPublic().getEncoded();
        return SubjectPublicKeyInfo.getInstance(key).getPublicKeyData().getOctets();
    }
}
