package dev.posthouse.ca.profile;

import java.math.BigInteger;
import java.util.random.RandomGenerator;

/** A certificate's serial number (certificates, section 10): positive, at most 20 octets. */
public record SerialNumber(BigInteger value) {

    private static final int RANDOM_BITS = 159;

    /** Draws 159 bits, which is what 20 octets hold beside the sign. */
    static SerialNumber random(RandomGenerator random) {
        byte[] octets = new byte[(RANDOM_BITS + 1) / 8];
        random.nextBytes(octets);
        octets[0] &= 0x7f;
        return new SerialNumber(new BigInteger(octets));
    }

    /** Lower-case hex, no leading zeros. */
    public String hex() {
        return value.toString(16);
    }

    @Override
    public String toString() {
        return hex();
    }
}
