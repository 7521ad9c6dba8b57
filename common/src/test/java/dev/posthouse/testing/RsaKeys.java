package dev.posthouse.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Pairs of RSA-2048 for tests, each handed out once. A prime takes long to find, so each is used
 * with all others: of 25 there are 300 pairs. Whoever has two of them can divide, so they are for
 * tests alone.
 */
public final class RsaKeys {

    private static final int PRIME_BITS = 1024;
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<BigInteger> PRIMES = new ArrayList<>();

    /** Of the primes before the last one, the next for it. */
    private static int partner;

    private RsaKeys() {}

    /** A pair that nobody has had. */
    public static synchronized KeyPair next() {
        while (partner >= PRIMES.size() - 1) {
            PRIMES.add(prime());
            partner = 0;
        }
        return pair(PRIMES.getLast(), PRIMES.get(partner++));
    }

    /** With the two highest bits, so that any product has all of its own. */
    private static BigInteger prime() {
        while (true) {
            BigInteger prime = BigInteger.probablePrime(PRIME_BITS, RANDOM);
            boolean coprime = prime.subtract(BigInteger.ONE).mod(EXPONENT).signum() != 0;
            if (coprime && prime.testBit(PRIME_BITS - 2)) {
                return prime;
            }
        }
    }

    private static KeyPair pair(BigInteger p, BigInteger q) {
        BigInteger modulus = p.multiply(q);
        BigInteger belowP = p.subtract(BigInteger.ONE);
        BigInteger belowQ = q.subtract(BigInteger.ONE);
        BigInteger secret = EXPONENT.modInverse(belowP.multiply(belowQ));
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    rsa.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)),
                    rsa.generatePrivate(
                            new RSAPrivateCrtKeySpec(
                                    modulus,
                                    EXPONENT,
                                    secret,
                                    p,
                                    q,
                                    secret.mod(belowP),
                                    secret.mod(belowQ),
                                    q.modInverse(p))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
