package dev.posthouse.common.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DerTest {

    private static Der read(String hex) {
        return Der.read(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0500",
                "0101ff",
                "010100",
                "020100",
                "020180",
                "02020080",
                "0202ff00",
                "0202ff7f",
                "0203010001",
                "030100",
                "03020780",
                "03020001",
                "0400",
                "0403000102",
                "0603550403",
                "06022a03",
                "06025500",
                "06042a818001",
                "0603813403",
                "0c00",
                "0c02c3a9",
                "0c04f09f93ae",
                "1303412d31",
                "3000",
                "30053003020100",
                "3100",
                "3106020101020102",
                "4000",
                "8000",
                "8703c0a801",
                "a000",
                "a003020100"
            })
    void readsDer(String hex) {
        assertThat(read(hex).encoded()).isEqualTo(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, ''",
        "a tag alone, 05",
        "a length that is cut off, 0482",
        "a content that is cut off, 040200",
        "trailing bytes, 050000",
        "an indefinite length, 30800000",
        "an indefinite length of a string, 24800401000000",
        "a length in too many octets, 04810100",
        "a length with a leading zero, 0482000100",
        "a length of four octets, 048400000001",
        "the reserved length, 04ff",
        "a length beyond the end, 3084ffffffff",
        "a length beyond its parent, 3006300204020500",
        "a part that is cut off, 300105",
        "an indefinite length inside, 300430800000",
        "a high tag number, 1f0100",
        "a high tag number of a context, 9f0100",
        "a constructed string, 2403040100",
        "a constructed bit string, 2304030200aa",
        "a primitive sequence, 1000",
        "a primitive set, 1100",
        "the end-of-contents type, 0000",
        "a BOOLEAN of two octets, 01020000",
        "an empty BOOLEAN, 0100",
        "a BOOLEAN of 1, 010101",
        "an empty INTEGER, 0200",
        "an INTEGER with a leading zero, 0202007f",
        "an INTEGER of two zeros, 02020000",
        "an INTEGER with leading ones, 0202ff80",
        "a NULL with content, 050100",
        "an empty BIT STRING, 0300",
        "unused bits of nothing, 030101",
        "eight unused bits, 03020800",
        "negative unused bits, 0302ff00",
        "unused bits that are set, 03020701",
        "an empty OBJECT IDENTIFIER, 0600",
        "an arc with a leading zero, 06038055ff",
        "an inner arc with a leading zero, 0603558001",
        "an arc that is cut off, 06025584",
        "a UTF8String that is cut off, 0c01c3",
        "a UTF8String with an overlong form, 0c02c080",
        "a UTF8String with a surrogate, 0c03eda080",
        "a PrintableString with an asterisk, 13012a",
        "a PrintableString with an at sign, 130140",
        "a PrintableString outside ASCII, 1301e9",
        "a PrintableString with a line end, 13020a41",
        "a SET out of order, 3106020102020101",
        "a SET out of order by length, 31070202010002010100",
        "a REAL, 0900",
        "a UTCTime, 170d3236303130313030303030305a"
    })
    void refuses(String what, String hex) {
        assertRefused(() -> read(hex));
    }

    @Test
    void readsLongLengthsInTheFewestOctetsOnly() {
        String content = "00".repeat(128);

        assertThat(read("048180" + content).content()).hasSize(128);
        assertRefused(() -> read("04820080" + content));
        assertRefused(() -> read("0483000080" + content));
        assertRefused(() -> read("04850100000080" + content));
    }

    @Test
    void givesPartsOfTheRightTypeAndNumberOnly() {
        Der pair = read("300405000500");

        assertThat(pair.sequence(1, 2)).hasSize(2);
        assertThat(pair.parts(Der.SEQUENCE)).hasSize(2);
        assertRefused(() -> pair.sequence(3, 4));
        assertRefused(() -> pair.sequence(0, 1));
        assertRefused(() -> pair.parts(Der.SET));
        assertRefused(() -> read("310405000500").sequence(2, 2));
        assertRefused(() -> pair.content(Der.OCTET_STRING));
    }

    @Test
    void givesWholeOctetsOfABitStringOnly() {
        assertThat(read("030200ab").bits()).containsExactly(0xab);
        assertRefused(() -> read("030201aa").bits());
        assertRefused(() -> read("0401ab").bits());
    }

    private static void assertRefused(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        InvalidCsr.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("csr.der"));
    }

    @Test
    void boundsAnObjectIdentifier() {
        assertThat(read("0640" + "7f".repeat(64)).is(Der.OID)).isTrue();
        assertRefused(() -> read("0641" + "7f".repeat(65)));
    }

    @Test
    void boundsDepth() {
        assertThat(read(nested(17)).is(Der.SEQUENCE)).isTrue();
        assertRefused(() -> read(nested(18)));
        assertRefused(() -> Der.read(HexFormat.of().parseHex("3082".repeat(8000))));
    }

    private static String nested(int values) {
        String der = "";
        for (int i = 0; i < values; i++) {
            der = "30%02x%s".formatted(der.length() / 2, der);
        }
        return der;
    }
}
