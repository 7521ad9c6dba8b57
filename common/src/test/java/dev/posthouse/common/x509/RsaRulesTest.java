package dev.posthouse.common.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.CsrMaker;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every modulus but the good ones fails before its signature is looked at; a good one fails there.
 */
final class RsaRulesTest {

    private static final String PASSED = "csr.signature";
    private static final BigInteger F4 = BigInteger.valueOf(65537);
    private static final AlgorithmIdentifier RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

    /** Seeded: the same primes in every run. */
    private final Random random = new Random(20260101);

    private static String answer(BigInteger modulus) {
        return answer(modulus, F4);
    }

    private static String answer(BigInteger modulus, BigInteger exponent) {
        return answer(RSA, new RSAPublicKey(modulus, exponent));
    }

    private static String answer(AlgorithmIdentifier algorithm, ASN1Encodable key) {
        try {
            var maker = CsrMaker.rsa2048().withSpki(new SubjectPublicKeyInfo(algorithm, key));
            return Answer.to(maker.csr(Answer.NAME.value(), Answer.ADDRESS));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A prime with its two highest bits set, so that products have whole sizes. */
    private BigInteger prime(int bits) {
        BigInteger high = BigInteger.valueOf(3).shiftLeft(bits - 2);
        return new BigInteger(bits - 2, random).or(high).nextProbablePrime();
    }

    @Test
    void passesAnHonestModulus() {
        assertThat(answer(prime(1024).multiply(prime(1024)))).isEqualTo(PASSED);
    }

    @ParameterizedTest
    @CsvSource({"2040", "2047", "2049", "2052", "4095", "4097", "4104", "8192", "65536"})
    void refusesASizeBeforeAnythingElse(int bits) {
        assertThat(answer(BigInteger.ONE.shiftLeft(bits - 1))).isEqualTo("csr.key.size");
    }

    @Test
    void refusesANegativeModulus() {
        BigInteger modulus = prime(1024).multiply(prime(1024));

        assertThat(answer(modulus.negate())).isEqualTo("csr.key.size");
        assertThat(answer(BigInteger.ZERO)).isEqualTo("csr.key.size");
    }

    @ParameterizedTest
    @ValueSource(longs = {-65537, 0, 1, 3, 17, 65535, 65539, 4295032833L})
    void refusesAnotherExponent(long exponent) {
        BigInteger modulus = prime(1024).multiply(prime(1024));

        assertThat(answer(modulus, BigInteger.valueOf(exponent))).isEqualTo("csr.key.exponent");
    }

    @ParameterizedTest
    @CsvSource({
        "2, csr.key.factor",
        "3, csr.key.factor",
        "743, csr.key.factor",
        "751, csr.key.factor",
        "757, csr.signature"
    })
    void refusesAFactorBelow752(long factor, String code) {
        BigInteger p = prime(1024).multiply(BigInteger.valueOf(factor));
        BigInteger q = BigInteger.valueOf(3).shiftLeft(2046).divide(p).nextProbablePrime();
        BigInteger modulus = p.multiply(q);

        assertThat(modulus.bitLength()).isEqualTo(2048);
        assertThat(answer(modulus)).isEqualTo(code);
    }

    @Test
    void refusesAPrimeModulus() {
        assertThat(answer(prime(2048))).isEqualTo("csr.key.factor");
    }

    @ParameterizedTest
    @CsvSource({
        "1, csr.key.close-primes",
        "2, csr.key.close-primes",
        "110, csr.key.close-primes",
        "111, csr.signature",
        "1000, csr.signature"
    })
    void refusesPrimesThatFermatFindsIn110Rounds(int rounds, String code) {
        BigInteger p = prime(1024);
        // (q − p)² = 8·√n·((p + q)/2 − √n): half a round less, to be found in just this one.
        BigInteger distance = BigInteger.valueOf(8L * rounds - 4).multiply(p).sqrt();
        BigInteger q = p.add(distance).nextProbablePrime();
        BigInteger modulus = p.multiply(q);

        assertThat(p.add(q).shiftRight(1).subtract(modulus.sqrt())).isEqualTo(rounds);
        assertThat(answer(modulus)).isEqualTo(code);
    }

    @Test
    void refusesTheSquareOfAPrime() {
        assertThat(answer(prime(1024).pow(2))).isEqualTo("csr.key.close-primes");
    }

    @Test
    void refusesRocaKeys() {
        assertThat(answer(rocaPrime().multiply(rocaPrime()))).isEqualTo("csr.key.roca");
    }

    @Test
    void passesAModulusOfWhichOnlyOnePrimeIsRoca() {
        assertThat(answer(rocaPrime().multiply(prime(1024)))).isEqualTo(PASSED);
    }

    /**
     * As the library of CVE-2017-15361 made them: p = k·M + (65537^a mod M), M the product of 126
     * primes.
     */
    private BigInteger rocaPrime() {
        BigInteger m =
                RsaRules.primesBelow(702)
                        .mapToObj(BigInteger::valueOf)
                        .reduce(BigInteger.ONE, BigInteger::multiply);
        return Stream.generate(() -> F4.modPow(new BigInteger(60, random), m))
                .map(power -> power.add(m.multiply(new BigInteger(1024 - m.bitLength(), random))))
                .map(candidate -> candidate.setBit(0))
                .filter(candidate -> candidate.bitLength() == 1024 && candidate.testBit(1022))
                .filter(candidate -> candidate.isProbablePrime(50))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusesParametersButAcceptsTheirAbsence() throws IOException {
        var key =
                RSAPublicKey.getInstance(
                        SubjectPublicKeyInfo.getInstance(
                                        CsrMaker.rsa2048().keyPair().getPublic().getEncoded())
                                .parsePublicKey());
        var withOid =
                new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.rsaEncryption, PKCSObjectIdentifiers.rsaEncryption);
        var bare = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption);

        assertThat(answer(withOid, key)).isEqualTo("csr.key.type");
        assertThat(answer(bare, key)).isEqualTo("ok");
    }
}
