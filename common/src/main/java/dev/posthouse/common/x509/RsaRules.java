package dev.posthouse.common.x509;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** RSA keys (certificates, section 5 rule 7), and the known ways of making them badly. */
final class RsaRules {

    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
    private static final BigInteger SMALL_PRIMES =
            primesBelow(752)
                    .mapToObj(BigInteger::valueOf)
                    .reduce(BigInteger.ONE, BigInteger::multiply);
    private static final int FERMAT_ROUNDS = 110;

    private RsaRules() {}

    /** Nothing costly is done before the size is judged. */
    static CsrKey check(List<Der> algorithm, byte[] bits) {
        boolean plain = algorithm.size() == 1 || algorithm.getLast().is(Der.NULL);
        InvalidCsr.unless(plain, "csr.key.type", "An RSA key has no parameters.");
        List<Der> numbers = Der.read(bits).sequence(2, 2);
        BigInteger modulus = new BigInteger(numbers.getFirst().content(Der.INTEGER));
        int size = modulus.signum() > 0 ? modulus.bitLength() : 0;
        boolean usual = size >= 2048 && size <= 4096 && size % 8 == 0;
        InvalidCsr.unless(usual, "csr.key.size", "An RSA key has 2048 to 4096 bits, whole octets.");
        BigInteger exponent = new BigInteger(numbers.getLast().content(Der.INTEGER));
        boolean f4 = exponent.equals(EXPONENT);
        InvalidCsr.unless(f4, "csr.key.exponent", "The RSA exponent is not 65537.");
        checkFactors(modulus);
        var identifier =
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        return CsrKey.of(CsrKey.Kind.RSA, identifier, bits);
    }

    private static void checkFactors(BigInteger modulus) {
        boolean coprime = modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE);
        InvalidCsr.unless(coprime, "csr.key.factor", "The RSA modulus has a small factor.");
        InvalidCsr.unless(!Roca.marks(modulus), "csr.key.roca", "The RSA key is a ROCA key.");
        InvalidCsr.unless(
                !hasClosePrimes(modulus), "csr.key.close-primes", "The RSA primes are too close.");
    }

    /** Fermat's method: the modulus as a difference of two squares. */
    private static boolean hasClosePrimes(BigInteger modulus) {
        BigInteger a = modulus.sqrt();
        for (int round = 0; round < FERMAT_ROUNDS; round++) {
            a = a.add(BigInteger.ONE);
            if (isSquare(a.multiply(a).subtract(modulus))) {
                return true;
            }
        }
        return isSquare(modulus);
    }

    /** Most numbers are no square modulo 16 already. */
    private static boolean isSquare(BigInteger number) {
        int low = number.intValue() & 15;
        return (low == 0 || low == 1 || low == 4 || low == 9)
                && number.sqrtAndRemainder()[1].signum() == 0;
    }

    static IntStream primesBelow(int limit) {
        return IntStream.range(2, limit)
                .filter(n -> IntStream.range(2, n).noneMatch(divisor -> n % divisor == 0));
    }
}
