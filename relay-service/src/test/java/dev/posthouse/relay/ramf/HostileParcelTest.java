package dev.posthouse.relay.ramf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeCertificate;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.Attribute;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever fits through the door is judged in bounded time: parcels made to be slow. */
final class HostileParcelTest {

    private static final int LARGEST = 8_322_037;
    private static final Duration BOUND = Duration.ofSeconds(3);

    private static final byte[] MAGIC = {'A', 'w', 'a', 'l', 'a', 0x50, 0};
    private static final String INFO =
            "3080" + "06092a864886f70d010702" + "a080" + "3080" + "020101";
    private static final String SHA_256 = "310f300d06096086480165030402010500";
    private static final String CONTENT = "3080" + "06092a864886f70d010701" + "a080";

    static Stream<Named<byte[]>> parcels() {
        return Stream.of(
                Named.of("deep", repeated("", "3080")),
                Named.of("deep with definite lengths", repeated("", "3084007ef000")),
                Named.of("deep octet string", repeated(INFO + SHA_256 + CONTENT, "2480")),
                Named.of("empty pieces", repeated(INFO + SHA_256 + CONTENT + "2480", "0400")),
                Named.of(
                        "pieces of one octet",
                        repeated(INFO + SHA_256 + CONTENT + "2480", "040130")),
                Named.of(
                        "pieces, deep",
                        repeated(INFO + SHA_256 + CONTENT + "2480".repeat(12), "0400")),
                Named.of("many digest algorithms", repeated(INFO + "3180", "3000")),
                Named.of(
                        "many certificates",
                        repeated(INFO + SHA_256 + CONTENT + "0400" + "00000000" + "a080", "3000")),
                Named.of("zeros", new byte[LARGEST]),
                Named.of(
                        "one long integer",
                        MadeFields.join(MAGIC, MadeFields.tlv(2, new byte[8_000_000]))));
    }

    @ParameterizedTest
    @MethodSource("parcels")
    void isRefusedInTime(byte[] parcel) {
        long before = System.nanoTime();

        String status = Judged.status(parcel);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(BOUND);
        assertThat(status).matches("40[03] parcel\\..*");
    }

    @Test
    void isJudgedInTimeWhereItIsLargeAndGood() {
        MadeFields fields = new MadeFields().payload(new byte[LARGEST - 5_000]);
        byte[] parcel = new MadeParcel().fields(fields).make();
        long before = System.nanoTime();

        assertThat(Judged.status(parcel)).isEqualTo("202");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(BOUND);
    }

    @Test
    void isRefusedWhereItsSmallPartsAreLarge() {
        Attribute large =
                MadeParcel.attribute(
                        new ASN1ObjectIdentifier("1.2.3"), new DEROctetString(new byte[66_000]));
        NodeCertificate certificate =
                MadeCertificate.of(Node.STRANGER, Node.STRANGER).named("x".repeat(66_000)).make();

        assertThat(Judged.status(new MadeParcel().attributes(usual -> and(usual, large))))
                .isEqualTo("400 parcel.cms");
        assertThat(Judged.status(new MadeParcel().alsoCertificates(certificate)))
                .isEqualTo("400 parcel.cms");
    }

    private static List<Attribute> and(List<Attribute> usual, Attribute more) {
        return Stream.concat(usual.stream(), Stream.of(more)).toList();
    }

    /** RSA with a long key or exponent is slow to verify: such keys are no node's. */
    @Test
    void isJudgedInTimeWhereKeysAreHuge() {
        byte[] parcel = new MadeParcel().make();
        byte[] spki = Node.SENDER.open().getEncoded();
        int at = indexOf(parcel, spki);
        byte[] huge = parcel.clone();
        byte[] exponent = HexFormat.of().parseHex("0203010001");
        int end = at + spki.length - exponent.length;
        assertThat(Arrays.copyOfRange(huge, end, end + 5)).isEqualTo(exponent);
        huge[end + 2] = (byte) 0xff;

        assertThat(Judged.status(huge)).startsWith("40");
    }

    private static int indexOf(byte[] all, byte[] what) {
        for (int at = 0; at <= all.length - what.length; at++) {
            if (Arrays.equals(all, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("not there");
    }

    /** As often as it fits. */
    private static byte[] repeated(String before, String hex) {
        byte[] piece = HexFormat.of().parseHex(hex);
        ByteBuffer all = ByteBuffer.allocate(LARGEST);
        all.put(MAGIC).put(HexFormat.of().parseHex(before));
        while (all.remaining() >= piece.length) {
            all.put(piece);
        }
        return all.array();
    }
}
