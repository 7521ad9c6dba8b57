package dev.posthouse.relay.collection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.BEROctetString;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.BERTaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERVisibleString;
import org.junit.jupiter.api.Test;

class ChallengeTest {

    private static final byte[] SIGNATURE = "a signature".getBytes(US_ASCII);

    @Test
    void isEncodedAsClientsReadIt() {
        Challenge challenge = new Challenge(new byte[] {1, 2, 3});

        assertThat(HexFormat.of().formatHex(challenge.encoded())).isEqualTo("30058003010203");
        assertThat(HexFormat.of().formatHex(challenge.signed()))
                .isEqualTo("3012" + "800b2b0601040183ca54000301" + "8103010203");
    }

    @Test
    void isNewEachTime() {
        assertThat(Challenge.random().nonce()).hasSize(32).isNotEqualTo(Challenge.random().nonce());
    }

    @Test
    void findsTheOneSignatureOfAnAnswer() throws IOException {
        assertThat(Challenge.signature(answer(new DEROctetString(SIGNATURE)))).hasValue(SIGNATURE);
    }

    @Test
    void findsItInBerToo() throws IOException {
        BERSequence signatures = new BERSequence(new BEROctetString(SIGNATURE));
        byte[] answer = new BERSequence(new BERTaggedObject(false, 0, signatures)).getEncoded();

        assertThat(Challenge.signature(answer)).hasValue(SIGNATURE);
    }

    @Test
    void findsNoneWhereThereIsNotExactlyOne() throws IOException {
        assertThat(Challenge.signature(answer())).isEmpty();
        assertThat(
                        Challenge.signature(
                                answer(
                                        new DEROctetString(SIGNATURE),
                                        new DEROctetString(SIGNATURE))))
                .isEmpty();
    }

    @Test
    void findsNoneInAnythingElse() throws IOException {
        DERSequence one = new DERSequence(new DEROctetString(SIGNATURE));
        byte[] whole = answer(new DEROctetString(SIGNATURE));
        byte[] followed = java.util.Arrays.copyOf(whole, whole.length + 1);

        assertThat(Challenge.signature(new byte[0])).isEmpty();
        assertThat(Challenge.signature(followed)).isEmpty();
        assertThat(Challenge.signature(one.getEncoded())).isEmpty();
        assertThat(Challenge.signature(new DERSequence().getEncoded())).isEmpty();
        assertThat(Challenge.signature(new DERSequence(tagged(1, one)).getEncoded())).isEmpty();
        assertThat(
                        Challenge.signature(
                                new DERSequence(
                                                new ASN1Encodable[] {
                                                    tagged(0, one), tagged(1, one)
                                                })
                                        .getEncoded()))
                .isEmpty();
        assertThat(Challenge.signature(answer(new DERVisibleString("text")))).isEmpty();
    }

    @Test
    void neverFailsWhateverComes() throws IOException {
        Random random = new Random(7);
        byte[] good = answer(new DEROctetString(SIGNATURE));
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            byte[] cut = java.util.Arrays.copyOf(bad, random.nextInt(bad.length + 8));

            assertThat(Challenge.signature(cut)).satisfies(found -> {});
        }
    }

    @Test
    void refusesDepthThatIsMeantToHurt() {
        byte[] deep = new byte[6 * 1024];
        java.util.Arrays.fill(deep, (byte) 0x30);
        for (int i = 1; i < deep.length; i += 2) {
            deep[i] = (byte) 0x80;
        }

        assertThat(Challenge.signature(deep)).isEmpty();
    }

    private static byte[] answer(ASN1Encodable... signatures) throws IOException {
        return new DERSequence(tagged(0, new DERSequence(signatures))).getEncoded();
    }

    private static DERTaggedObject tagged(int tag, DERSequence content) {
        return new DERTaggedObject(false, tag, content);
    }
}
