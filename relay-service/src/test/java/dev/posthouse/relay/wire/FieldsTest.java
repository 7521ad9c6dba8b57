package dev.posthouse.relay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The structures of PoWeb, octet for octet (PoHTTP, section 11.1). */
class FieldsTest {

    private static final Instant TIME = Instant.parse("2026-11-22T05:06:10.987Z");
    private static final long SEED = 58_708;

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    @Test
    void tagsEachFieldByItsPlace() {
        byte[] encoded =
                Fields.none()
                        .identifier("1.3.6.1.4.1.58708.0.2.0")
                        .time(TIME)
                        .octets(new byte[] {1, 2})
                        .text("a.example")
                        .structure(Fields.none().octets(new byte[] {3}).octets(new byte[0]))
                        .encoded();

        assertThat(encoded)
                .isEqualTo(
                        hex(
                                "30 33"
                                        + "80 0b 2b0601040183ca540002 00"
                                        + "81 0e 3230323631313232303530363130"
                                        + "82 02 0102"
                                        + "83 09 612e6578616d706c65"
                                        + "a4 05 80 01 03 81 00"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 127, 128, 240, 255, 256, 65_500, 65_535, 65_536, 8_322_037})
    void writesWhatComesBeforeOctets(int octets) {
        String identifier = "1.3.6.1.4.1.58708.0.3.0";
        byte[] whole = Fields.none().identifier(identifier).octets(new byte[octets]).encoded();

        byte[] before = Fields.none().identifier(identifier).encodedBefore(octets);

        assertThat(before).isEqualTo(Arrays.copyOf(whole, whole.length - octets));
    }

    @Test
    void readsWhatItWrites() {
        byte[] encoded = Fields.none().octets(new byte[] {7}).time(TIME).encoded();

        ReadFields read = ReadFields.of(encoded, 2);

        assertThat(read.octets(0)).containsExactly(7);
        assertThat(read.time(1)).isEqualTo(Instant.parse("2026-11-22T05:06:10Z"));
    }

    @Test
    void readsBer() {
        ReadFields read = ReadFields.of(hex("30 80 80 81 01 07 a1 04 04 02 0102 00 00"), 2);

        assertThat(read.octets(0)).containsExactly(7);
        assertThat(read.octets(1)).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30 00",
                "30 03 80 01 07",
                "30 06 80 01 07 80 01 07",
                "30 06 81 01 07 80 01 07",
                "30 06 04 01 07 04 01 07",
                "30 09 80 01 07 81 01 07 82 01 07",
                "30 06 80 01 07 81 01 07 00",
                "30 07 80 01 07 81 01 07",
                "31 06 80 01 07 81 01 07",
                "04 06 80 01 07 81 01 07",
                "30 06 80 01 07 41 01 07",
                "30 06 80 01 07 a1 01 07"
            })
    void refusesAnythingElse(String octets) {
        assertThatThrownBy(() -> ReadFields.of(hex(octets), 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20261122050610Z",
                "2026112205061",
                "20261322050610",
                "20260230000000",
                "20261122250610",
                "20261122050660",
                "2026-11-22T05:0",
                "2026112205061\u00b2",
                "+0261122050610",
                ""
            })
    void refusesWhatIsNoTime(String text) {
        byte[] octets = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        ReadFields read = ReadFields.of(Fields.none().octets(octets).encoded(), 1);

        assertThatThrownBy(() -> read.time(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhateverNestsDeeply() {
        byte[] deep = new byte[16_000];
        Arrays.fill(deep, (byte) 0x30);
        for (int i = 1; i < deep.length; i += 2) {
            deep[i] = (byte) 0x80;
        }

        assertThatThrownBy(() -> ReadFields.of(deep, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void failsInOneWayAlone() {
        Random random = new Random(SEED);
        byte[] good = Fields.none().time(TIME).octets(new byte[48]).octets(new byte[256]).encoded();
        for (int round = 0; round < 20_000; round++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length) + 1);
            for (int change = random.nextInt(4); change > 0; change--) {
                bad[random.nextInt(Math.min(bad.length, 32))] = (byte) random.nextInt(256);
            }
            try {
                ReadFields read = ReadFields.of(bad, 3);
                assertThat(read.octets(2)).isNotNull();
                assertThat(read.time(0)).isNotNull();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageStartingWith("no ");
            }
        }
    }
}
