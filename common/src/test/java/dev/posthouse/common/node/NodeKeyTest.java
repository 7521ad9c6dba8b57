package dev.posthouse.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class NodeKeyTest {

    private static final RSAPublicKey KEY = (RSAPublicKey) Keys.GATEWAY.getPublic();

    private static final AlgorithmIdentifier RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

    @Test
    void readsWhatItWrites() {
        byte[] spki = NodeKey.encode(KEY);

        assertThat(spki).isEqualTo(KEY.getEncoded());
        assertThat(NodeKey.parse(spki)).isEqualTo(KEY);
    }

    static Stream<Arguments> others() {
        BigInteger modulus = KEY.getModulus();
        BigInteger f4 = KEY.getPublicExponent();
        return Stream.of(
                Arguments.of("EC", Keys.of("EC", 256).getPublic().getEncoded()),
                Arguments.of("Ed25519", Keys.of("Ed25519", 255).getPublic().getEncoded()),
                Arguments.of("1024 bits", Keys.rsa(1024).getPublic().getEncoded()),
                Arguments.of("2047 bits", info(RSA, modulus.clearBit(2047), f4)),
                Arguments.of("8194 bits", info(RSA, modulus.setBit(8193), f4)),
                Arguments.of("even modulus", info(RSA, modulus.clearBit(0), f4)),
                Arguments.of("negative modulus", info(RSA, modulus.negate(), f4)),
                Arguments.of("exponent 1", info(RSA, modulus, BigInteger.ONE)),
                Arguments.of("even exponent", info(RSA, modulus, BigInteger.TEN)),
                Arguments.of("long exponent", info(RSA, modulus, modulus.subtract(BigInteger.TWO))),
                Arguments.of(
                        "key for PSS alone",
                        info(
                                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS),
                                modulus,
                                f4)),
                Arguments.of(
                        "no NULL",
                        info(
                                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption),
                                modulus,
                                f4)),
                Arguments.of("nothing", new byte[0]),
                Arguments.of(
                        "trailing octet",
                        Arrays.copyOf(KEY.getEncoded(), KEY.getEncoded().length + 1)),
                Arguments.of("superfluous octet in the modulus", odd()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void refusesKeysThatNodesMayNotHave(String what, byte[] spki) {
        assertThatIllegalArgumentException().as(what).isThrownBy(() -> NodeKey.parse(spki));
    }

    private static byte[] info(
            AlgorithmIdentifier algorithm, BigInteger modulus, BigInteger exponent) {
        byte[] numbers = sequence(new ASN1Integer(modulus), new ASN1Integer(exponent));
        return Asn1.der(new SubjectPublicKeyInfo(algorithm, numbers));
    }

    private static byte[] sequence(ASN1Encodable... parts) {
        ASN1EncodableVector vector = new ASN1EncodableVector();
        vector.addAll(parts);
        return Asn1.der(new DERSequence(vector));
    }

    /** Bouncy Castle writes no such integer: one more zero before it, and lengths by hand. */
    private static byte[] odd() {
        String modulus = HexFormat.of().formatHex(KEY.getModulus().toByteArray());
        String numbers = "3082010b" + "02820102" + "00" + modulus + "0203010001";
        return Asn1.der(new SubjectPublicKeyInfo(RSA, HexFormat.of().parseHex(numbers)));
    }
}
