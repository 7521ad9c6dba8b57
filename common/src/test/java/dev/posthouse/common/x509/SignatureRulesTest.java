package dev.posthouse.common.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.CsrMaker;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureRulesTest {

    private static AlgorithmIdentifier identifier(String name) {
        return new DefaultSignatureAlgorithmIdentifierFinder().find(name);
    }

    private static String answer(CsrMaker maker) {
        return Answer.to(maker.csr(Answer.NAME.value(), Answer.ADDRESS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256", "SHA384", "SHA512"})
    void acceptsEveryHashOfTheFamily(String hash) {
        for (String rsa : List.of("WITHRSA", "WITHRSAANDMGF1")) {
            assertThat(answer(CsrMaker.rsa2048().withSigner(hash + rsa))).isEqualTo("ok");
        }
        assertThat(answer(CsrMaker.p256().withSigner(hash + "WITHECDSA"))).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MD5WITHRSA",
                "SHA1WITHRSA",
                "SHA224WITHRSA",
                "SHA1WITHRSAANDMGF1",
                "SHA224WITHRSAANDMGF1",
                "SHA3-256WITHRSA"
            })
    void refusesAnotherHashForRsa(String signer) {
        assertThat(answer(CsrMaker.rsa2048().withSigner(signer)))
                .isEqualTo("csr.signature.algorithm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA1WITHECDSA", "SHA224WITHECDSA", "SHA3-256WITHECDSA"})
    void refusesAnotherHashForEcdsa(String signer) {
        assertThat(answer(CsrMaker.p256().withSigner(signer))).isEqualTo("csr.signature.algorithm");
    }

    @Test
    void refusesAnAlgorithmOfAnotherKey() {
        var ofRsa = identifier("SHA256WITHRSA");
        var ofEc = identifier("SHA256WITHECDSA");

        for (CsrMaker maker :
                List.of(
                        CsrMaker.p256().withAlgorithm(ofRsa),
                        CsrMaker.rsa2048().withAlgorithm(ofEc),
                        CsrMaker.ed25519().withAlgorithm(ofEc),
                        CsrMaker.p256().withAlgorithm(identifier("ED25519")))) {
            assertThat(answer(maker)).isEqualTo("csr.signature.algorithm");
        }
    }

    @Test
    void understandsRsaWithoutParametersAndEcdsaWithoutOnly() {
        var rsa = identifier("SHA256WITHRSA").getAlgorithm();
        var ec = identifier("SHA256WITHECDSA").getAlgorithm();
        var ed = identifier("ED25519").getAlgorithm();

        assertThat(answer(CsrMaker.rsa2048().withAlgorithm(new AlgorithmIdentifier(rsa))))
                .isEqualTo("ok");
        assertThat(answer(CsrMaker.rsa2048().withAlgorithm(new AlgorithmIdentifier(rsa, rsa))))
                .isEqualTo("csr.signature.algorithm");
        assertThat(answer(CsrMaker.p256().withAlgorithm(withNull(ec))))
                .isEqualTo("csr.signature.algorithm");
        assertThat(answer(CsrMaker.ed25519().withAlgorithm(withNull(ed))))
                .isEqualTo("csr.signature.algorithm");
    }

    private static AlgorithmIdentifier withNull(ASN1ObjectIdentifier algorithm) {
        return new AlgorithmIdentifier(algorithm, DERNull.INSTANCE);
    }

    @Test
    void refusesPssWithTwoHashesOrAnotherSaltOrNoParameters() {
        var sha256 = pss("SHA256");
        var sha512 = pss("SHA512");
        var twoHashes =
                new RSASSAPSSparams(
                        sha256.getHashAlgorithm(),
                        sha512.getMaskGenAlgorithm(),
                        new ASN1Integer(32),
                        RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
        var shortSalt =
                new RSASSAPSSparams(
                        sha256.getHashAlgorithm(),
                        sha256.getMaskGenAlgorithm(),
                        new ASN1Integer(20),
                        RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
        var oid = identifier("SHA256WITHRSAANDMGF1").getAlgorithm();

        for (var algorithm :
                List.of(
                        new AlgorithmIdentifier(oid, twoHashes),
                        new AlgorithmIdentifier(oid, shortSalt),
                        new AlgorithmIdentifier(oid))) {
            var maker =
                    CsrMaker.rsa2048().withSigner("SHA256WITHRSAANDMGF1").withAlgorithm(algorithm);
            assertThat(answer(maker)).isEqualTo("csr.signature.algorithm");
        }
    }

    private static RSASSAPSSparams pss(String hash) {
        return RSASSAPSSparams.getInstance(identifier(hash + "WITHRSAANDMGF1").getParameters());
    }
}
