package dev.posthouse.common.x509;

import java.math.BigInteger;
import java.util.BitSet;

/**
 * The fingerprint of keys from the library of CVE-2017-15361: both primes, hence the modulus, are
 * powers of 65537 modulo every small prime. One honest key in 2²⁷ looks so too.
 */
final class Roca {

    private static final int[] PRIMES = RsaRules.primesBelow(168).skip(1).toArray();

    private Roca() {}

    static boolean marks(BigInteger modulus) {
        for (int prime : PRIMES) {
            int residue = modulus.mod(BigInteger.valueOf(prime)).intValue();
            if (!powersOf65537(prime).get(residue)) {
                return false;
            }
        }
        return true;
    }

    private static BitSet powersOf65537(int prime) {
        BitSet powers = new BitSet(prime);
        for (int power = 1; !powers.get(power); power = power * (65537 % prime) % prime) {
            powers.set(power);
        }
        return powers;
    }
}
