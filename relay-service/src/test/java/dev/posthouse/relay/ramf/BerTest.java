package dev.posthouse.relay.ramf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.posthouse.relay.RelayException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Integer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BerTest {

    @ParameterizedTest
    @CsvSource({
        "0403010203, 010203",
        "048103010203, 010203",
        "04820003010203, 010203",
        "048400000003010203, 010203",
        "0400, ''",
        "2400, ''",
        "240504030102 03, 010203",
        "240704010104020203, 010203",
        "24800401010402020300 00, 010203",
        "2480248004010100000402020300 00, 010203",
        "24800000, ''"
    })
    void readsOctetStringsInAnyForm(String hex, String expected) {
        Pieces pieces = Pieces.of(value(hex));

        ByteArrayOutputStream read = new ByteArrayOutputStream();
        pieces.forEach(piece -> read.write(piece.array(), piece.arrayOffset(), piece.limit()));
        assertThat(read.toByteArray()).isEqualTo(HexFormat.of().parseHex(expected));
        assertThat(pieces.length()).isEqualTo(read.size());
        assertThat(pieces.head()).isEqualTo(ByteBuffer.wrap(read.toByteArray()));
    }

    @Test
    void leavesAnOctetStringInOnePieceWhereItIs() {
        byte[] octets = HexFormat.of().parseHex("2480040301020300 00".replace(" ", ""));

        ByteBuffer read = Pieces.of(Ber.only(ByteBuffer.wrap(octets))).head();

        assertThat(read.array()).isSameAs(octets);
        assertThat(read.arrayOffset()).isEqualTo(4);
        assertThat(read.remaining()).isEqualTo(3);
    }

    @Test
    void readsPartsWhetherTheLengthIsDefiniteOrNot() {
        for (String hex : new String[] {"3006020101020102", "30800201010201020000"}) {
            Ber sequence = value(hex).as(Ber.SEQUENCE);

            assertThat(sequence.parts(2)).hasSize(2);
            assertThat(sequence.parts(2).getLast().octets()).containsExactly(2);
            assertThat(sequence.parts(2).getFirst().encoded()).containsExactly(2, 1, 1);
            assertThat(sequence.parts(2).getFirst().asn1()).isEqualTo(new ASN1Integer(1));
            assertThat(sequence.encoded()).isEqualTo(HexFormat.of().parseHex(hex));
            assertRefused(() -> sequence.parts(1));
            assertRefused(sequence::part);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "04",
                "0401",
                "048101",
                "0482",
                "04820001",
                "0485000000000101",
                "0484ffffffff01",
                "04847fffffff01",
                "04ff01",
                "04800000",
                "0480010000",
                "04010101",
                "300000",
                "1f8101",
                "3080",
                "308000",
                "30800201",
                "3080020101",
                "308002010100"
            })
    void refusesWhatIsNotOneValue(String hex) {
        assertRefused(() -> value(hex));
    }

    @Test
    void refusesPartsThatReachBeyondTheWhole() {
        assertRefused(() -> value("3003020201").parts(2));
        assertRefused(() -> Pieces.of(value("2403040201")));
        assertRefused(() -> Pieces.of(value("2403020101")));
        assertRefused(() -> value("0403010203").parts(2));
        assertRefused(() -> value("0403020101").parts(1));
        assertRefused(() -> value("0403010203").as(Ber.SET));
    }

    @Test
    void goesOnlySoDeep() {
        byte[] deep = new byte[2_000_000];
        for (int at = 0; at < deep.length; at += 2) {
            deep[at] = 0x30;
            deep[at + 1] = (byte) 0x80;
        }

        assertRefused(() -> Ber.only(ByteBuffer.wrap(deep)));
        for (int at = 0; at < deep.length; at += 2) {
            deep[at] = 0x24;
        }
        assertRefused(() -> Ber.only(ByteBuffer.wrap(deep)));
    }

    @Test
    void readsFromTheMiddleOfAnArray() {
        byte[] octets = HexFormat.of().parseHex("ffff0403010203ff");

        Ber value = Ber.only(ByteBuffer.wrap(octets, 2, 5));

        assertThat(value.octets()).containsExactly(1, 2, 3);
        assertThat(value.holds(new byte[] {1, 2, 3})).isTrue();
        assertThat(value.holds(new byte[] {1, 2})).isFalse();
        assertThat(Arrays.copyOf(octets, 2)).containsOnly(0xff);
    }

    private static Ber value(String hex) {
        return Ber.only(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(reading)
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400));
    }
}
