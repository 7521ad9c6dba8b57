package dev.posthouse.relay.ramf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.BEROctetString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents in pieces (trap 1), as the JVM library writes them, of any length. */
final class PiecesTest {

    private static final int LONG = 3 * Pieces.HEAD;

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1000, 1001, Pieces.HEAD, LONG, Fields.LONGEST_PAYLOAD})
    void takesParcelsInPieces(int payload) {
        Judged.accepted(inPieces(new byte[payload]));
    }

    @Test
    void takesThemWithoutSignedAttributesToo() {
        Judged.accepted(inPieces(new byte[LONG]).attributes(usual -> List.of()));
    }

    @Test
    void verifiesEachPiece() {
        byte[] payload = new byte[LONG];
        Arrays.fill(payload, (byte) 'x');
        byte[] parcel = inPieces(payload).make();
        for (int at : new int[] {firstOf(parcel, 'x'), parcel.length / 2, lastOf(parcel, 'x')}) {
            byte[] changed = parcel.clone();
            changed[at] ^= 1;

            assertThat(Judged.status(changed)).startsWith("403 parcel.signature");
        }
    }

    @Test
    void refusesFieldsThatReachBeyondTheHead() {
        byte[] payload = new byte[LONG];
        String text = "x".repeat(2 * Pieces.HEAD);

        Judged.refused(fields(new MadeFields().messageId(text)), 400, "parcel.malformed");
        Judged.refused(
                fields(new MadeFields().payload(payload).more(MadeFields.tlv(0x85, "more"))),
                400,
                "parcel.encoding");
    }

    /** A field set in BER that is in DER with all libraries. */
    @Test
    void takesFieldSetsOfIndefiniteLengthOnlyInTheHead() {
        Judged.accepted(new MadeParcel().content(indefinite(new byte[2000])).inPieces());
        Judged.refused(
                new MadeParcel().content(indefinite(new byte[LONG])).inPieces(),
                400,
                "parcel.malformed");
        Judged.accepted(new MadeParcel().content(indefinite(new byte[LONG])).loose());
    }

    @Test
    void copiesNoMoreThanTheHead() throws IOException {
        byte[] octets = new byte[LONG];
        new Random(7).nextBytes(octets);
        Pieces pieces = pieces(new BEROctetString(octets));

        assertThat(pieces.length()).isEqualTo(LONG);
        assertThat(pieces.head().array()).hasSize(Pieces.HEAD);
        assertThat(pieces.head()).isEqualTo(ByteBuffer.wrap(octets, 0, Pieces.HEAD));
    }

    private static Pieces pieces(BEROctetString string) throws IOException {
        return Pieces.of(Ber.only(ByteBuffer.wrap(string.getEncoded("BER"))));
    }

    private static byte[] indefinite(byte[] payload) {
        byte[] definite = new MadeFields().payload(payload).make();
        int header = payload.length < 0x80 ? 2 : 6;
        return MadeFields.join(
                new byte[] {0x30, (byte) 0x80},
                Arrays.copyOfRange(definite, header, definite.length),
                new byte[2]);
    }

    private static MadeParcel inPieces(byte[] payload) {
        return fields(new MadeFields().payload(payload));
    }

    private static MadeParcel fields(MadeFields fields) {
        return new MadeParcel().fields(fields).inPieces();
    }

    private static int firstOf(byte[] octets, char wanted) {
        int at = 0;
        while (octets[at] != wanted || octets[at + 1] != wanted) {
            at++;
        }
        return at;
    }

    private static int lastOf(byte[] octets, char wanted) {
        int at = octets.length - 1;
        while (octets[at] != wanted || octets[at - 1] != wanted) {
            at--;
        }
        return at;
    }
}
