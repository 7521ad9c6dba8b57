package dev.posthouse.common.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.posthouse.common.x509.BouncyCastle;
import java.security.Signature;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PssSignatureTest {

    private static final byte[] CONTENT = "content".getBytes(UTF_8);
    private static final AlgorithmIdentifier SHA_1 =
            new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1, DERNull.INSTANCE);
    private static final AlgorithmIdentifier SHA_256 =
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
    private static final AlgorithmIdentifier SHA_512 =
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512, DERNull.INSTANCE);

    @ParameterizedTest
    @EnumSource
    void verifiesWhatItSigned(PssSignature algorithm) {
        byte[] signature = algorithm.sign(Keys.GATEWAY.getPrivate(), CONTENT);

        assertThat(algorithm.verifies(Keys.GATEWAY.getPublic(), CONTENT, signature)).isTrue();
        assertThat(algorithm.verifies(Keys.ENDPOINT.getPublic(), CONTENT, signature)).isFalse();
        assertThat(algorithm.verifies(Keys.GATEWAY.getPublic(), new byte[1], signature)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void isReadByOthers(PssSignature algorithm) throws Exception {
        Signature other =
                Signature.getInstance(
                        algorithm.hash().replace("-", "") + "withRSAandMGF1",
                        BouncyCastle.PROVIDER);
        other.initSign(Keys.GATEWAY.getPrivate());
        other.update(CONTENT);

        assertThat(algorithm.verifies(Keys.GATEWAY.getPublic(), CONTENT, other.sign())).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsIdentifier(PssSignature algorithm) {
        assertThat(PssSignature.of(algorithm.identifier())).contains(algorithm);
    }

    @Test
    void isFoundByAHashWithoutParameters() {
        assertThat(PssSignature.ofHash(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384)))
                .contains(PssSignature.SHA_384);
    }

    static Stream<AlgorithmIdentifier> others() {
        AlgorithmIdentifier mgf1 = mgf1(SHA_256);
        return Stream.of(
                new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE),
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS),
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, DERNull.INSTANCE),
                new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.id_RSASSA_PSS, new DERSequence(DERNull.INSTANCE)),
                pss(
                        SHA_256,
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, DERNull.INSTANCE),
                        32,
                        1),
                pss(SHA_1, mgf1(SHA_1), 20, 1),
                pss(SHA_256, mgf1(SHA_1), 32, 1),
                pss(SHA_256, mgf1(SHA_512), 32, 1),
                pss(SHA_256, mgf1, 20, 1),
                pss(SHA_256, mgf1, -32, 1),
                pss(SHA_256, mgf1, 32, 2),
                pss(SHA_256, new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1), 32, 1),
                pss(
                        SHA_256,
                        new AlgorithmIdentifier(NISTObjectIdentifiers.id_shake128, SHA_256),
                        32,
                        1),
                pss(new AlgorithmIdentifier(SHA_256.getAlgorithm(), SHA_256), mgf1, 32, 1));
    }

    @ParameterizedTest
    @MethodSource("others")
    void knowsNoOtherAlgorithm(AlgorithmIdentifier algorithm) {
        assertThat(PssSignature.of(algorithm)).isEqualTo(Optional.empty());
    }

    @Test
    void isNotWhatHasAnotherLength() {
        byte[] signature = PssSignature.SHA_256.sign(Keys.GATEWAY.getPrivate(), CONTENT);

        for (int length : new int[] {0, 1, 255, 257, 100_000}) {
            byte[] other = Arrays.copyOf(signature, length);
            assertThat(PssSignature.SHA_256.verifies(Keys.GATEWAY.getPublic(), CONTENT, other))
                    .isFalse();
        }
    }

    @Test
    void refusesOtherKeys() {
        var other = Keys.of("EC", 256);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PssSignature.SHA_256.sign(other.getPrivate(), CONTENT));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> PssSignature.SHA_256.verifies(other.getPublic(), CONTENT, CONTENT));
    }

    private static AlgorithmIdentifier mgf1(AlgorithmIdentifier hash) {
        return new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash);
    }

    private static AlgorithmIdentifier pss(
            AlgorithmIdentifier hash, ASN1Encodable mask, int salt, int trailer) {
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSASSA_PSS,
                new RSASSAPSSparams(
                        hash,
                        AlgorithmIdentifier.getInstance(mask),
                        new ASN1Integer(salt),
                        new ASN1Integer(trailer)));
    }
}
