package dev.posthouse.ca.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SerialNumberTest {

    @Test
    void neverRepeatsInAHundredThousandDraws() {
        SecureRandom random = new SecureRandom();
        Set<String> drawn = new HashSet<>();

        for (int i = 0; i < 100_000; i++) {
            SerialNumber serial = SerialNumber.random(random);
            assertThat(drawn.add(serial.hex())).isTrue();
            assertThat(serial.value().signum()).isPositive();
            assertThat(serial.value().toByteArray().length).isLessThanOrEqualTo(20);
        }
    }

    @Test
    void usesAll159Bits() {
        SecureRandom random = new SecureRandom();
        BigInteger or = BigInteger.ZERO;
        for (int i = 0; i < 200; i++) {
            or = or.or(SerialNumber.random(random).value());
        }

        assertThat(or).isEqualTo(BigInteger.ONE.shiftLeft(159).subtract(BigInteger.ONE));
    }

    @Test
    void isPositiveWhateverIsDrawn() {
        RandomGenerator ones = () -> -1L;

        assertThat(SerialNumber.random(ones).value().bitLength()).isEqualTo(159);
    }

    @Test
    void isWrittenInHexWithoutLeadingZeros() {
        assertThat(new SerialNumber(BigInteger.valueOf(0x0abc))).hasToString("abc");
    }
}
