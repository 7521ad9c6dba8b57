package dev.posthouse.relay.ramf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 5: the format of 2019. */
final class SeedFormatTest {

    private static final String ID = Node.ENDPOINT.id().text();

    /** Its fields, right but for what a test changes. */
    private record Seed(
            String recipient, String messageId, Instant created, int ttl, long payload) {

        static final Seed GOOD = new Seed(ID, "message", Vectors.AT, 3600, 7);

        Seed to(String other) {
            return new Seed(other, messageId, created, ttl, payload);
        }

        Seed named(String other) {
            return new Seed(recipient, other, created, ttl, payload);
        }

        Seed living(int seconds) {
            return new Seed(recipient, messageId, created, seconds, payload);
        }

        Seed created(Instant other) {
            return new Seed(recipient, messageId, other, ttl, payload);
        }

        Seed saysPayload(long length) {
            return new Seed(recipient, messageId, created, ttl, length);
        }

        byte[] fields() {
            ByteBuffer to = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
            to.put("RelaynetP\0".getBytes(ISO_8859_1));
            to.putShort((short) recipient.length()).put(recipient.getBytes(ISO_8859_1));
            to.put((byte) messageId.length()).put(messageId.getBytes(ISO_8859_1));
            to.putInt((int) created.getEpochSecond());
            to.putShort((short) ttl).put((byte) (ttl >> 16));
            to.putInt((int) payload).put("payload".getBytes(ISO_8859_1));
            return Arrays.copyOf(to.array(), to.position());
        }

        byte[] make() {
            return signed(new MadeParcel().content(fields()).detached().cms());
        }

        byte[] signed(byte[] cms) {
            ByteBuffer length = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
            return MadeFields.join(fields(), length.putShort((short) cms.length).array(), cms);
        }
    }

    @Test
    void isReadWhole() {
        Parcel parcel =
                new ParcelCheck(Vectors.gateway(true))
                        .inbound(Seed.GOOD.make(), Vectors.AT)
                        .parcel();

        assertThat(parcel.format()).isEqualTo(Format.A);
        assertThat(parcel.messageId()).isEqualTo("message");
        assertThat(parcel.created()).isEqualTo(Vectors.AT);
        assertThat(parcel.expires()).isEqualTo(Vectors.AT.plusSeconds(3600));
        assertThat(parcel.sender()).isEqualTo(Node.SENDER.id());
        assertThat(parcel.recipient()).isEqualTo(Recipient.of(Node.ENDPOINT.id()));
    }

    @Test
    void isNotTakenWhereSwitchedOff() {
        ParcelCheck check = new ParcelCheck(Vectors.gateway(false));

        assertThat(Judged.status(check, Seed.GOOD.make(), Vectors.AT))
                .isEqualTo("400 parcel.magic");
    }

    @Test
    void namesItsRecipientInSeveralWays() {
        assertThat(judged(Seed.GOOD.to("rne:" + ID))).isEqualTo("202");
        assertThat(judged(Seed.GOOD.to("rne+http://example.net:8080/path")))
                .isEqualTo("403 parcel.foreign");
        assertThat(judged(Seed.GOOD.to("rne://" + Vectors.ADDRESS)))
                .isEqualTo("403 parcel.foreign");
        assertThat(judged(Seed.GOOD.to("rne:0abc"))).isEqualTo("400 parcel.recipient");
        assertThat(judged(Seed.GOOD.to(""))).isEqualTo("400 parcel.recipient");
        assertThat(judged(Seed.GOOD.to("https://a b/"))).isEqualTo("400 parcel.recipient");
        assertThat(judged(Seed.GOOD.to("https://\u00e9/"))).isEqualTo("400 parcel.text");
        assertThat(judged(Seed.GOOD.to("https://" + "a".repeat(1016))))
                .isEqualTo("403 parcel.foreign");
        assertThat(judged(Seed.GOOD.to("https://" + "a".repeat(1017))))
                .isEqualTo("400 parcel.text");
    }

    @Test
    void goesOutToAUri() {
        ParcelCheck check = new ParcelCheck(Vectors.gateway(true));
        byte[] parcel = Seed.GOOD.to("rne+http://example.net:8080/path").make();

        assertThat(check.isForUs(check.read(parcel))).isFalse();
        Recipient recipient = check.outbound(parcel, Vectors.AT).recipient();
        assertThat(recipient.id()).isEmpty();
        assertThat(recipient.internetAddress()).contains("rne+http://example.net:8080/path");
        assertThat(recipient).hasToString("rne+http://example.net:8080/path");
    }

    @Test
    void hasEndedAtOnceWhereItHasNoLife() {
        assertThat(judged(Seed.GOOD.living(0))).isEqualTo("403 parcel.expired");
        assertThat(judged(Seed.GOOD.living(0).created(Vectors.AT.plusSeconds(60))))
                .isEqualTo("403 parcel.expired");
        assertThat(judged(Seed.GOOD.living(1))).isEqualTo("202");
    }

    @Test
    void livesNoLongerThanTheOthers() {
        assertThat(judged(Seed.GOOD.living(15_552_000))).isEqualTo("202");
        assertThat(judged(Seed.GOOD.living(15_552_001))).isEqualTo("400 parcel.ttl");
    }

    @Test
    void hasAMessageId() {
        assertThat(judged(Seed.GOOD.named("x".repeat(64)))).isEqualTo("202");
        assertThat(judged(Seed.GOOD.named("x".repeat(65)))).isEqualTo("400 parcel.message-id");
        assertThat(judged(Seed.GOOD.named(""))).isEqualTo("400 parcel.message-id");
        assertThat(judged(Seed.GOOD.named("a\0b"))).isEqualTo("400 parcel.text");
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 8, 5000, 0x7fff_ffff, 0xffff_ffffL})
    void refusesAPayloadOfAnotherLength(long length) {
        assertThat(judged(Seed.GOOD.saysPayload(length))).startsWith("400 ");
    }

    @Test
    void endsWithItsSignature() {
        byte[] whole = Seed.GOOD.make();
        byte[] attached = Seed.GOOD.signed(new MadeParcel().content(Seed.GOOD.fields()).cms());

        assertThat(Judged.status(Arrays.copyOf(whole, whole.length + 1)))
                .isEqualTo("400 parcel.fields");
        assertThat(Judged.status(attached)).isEqualTo("400 parcel.cms");
        assertThat(Judged.status(Seed.GOOD.signed(new byte[16_384])))
                .isEqualTo("400 parcel.fields");
        assertThat(Judged.status(Seed.GOOD.signed(new byte[0]))).isEqualTo("400 parcel.encoding");
    }

    @Test
    void isRefusedWhereverItIsCut() {
        byte[] whole = Seed.GOOD.make();
        for (int length = 0; length < whole.length; length++) {
            assertThat(Judged.status(Arrays.copyOf(whole, length))).startsWith("400 ");
        }
    }

    @Test
    void isSignedAsItCame() {
        byte[] whole = Seed.GOOD.make();
        for (int at : List.of(12, 80, 90, 100)) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            assertThat(Judged.status(changed)).isNotEqualTo("202");
        }
    }

    private static String judged(Seed seed) {
        return Judged.status(seed.make());
    }
}
