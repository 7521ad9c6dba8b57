package dev.posthouse.client.parcel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.testing.Cms;
import dev.posthouse.client.testing.PohttpVectors;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.PssSignature;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParcelBuilderTest {

    private static final Instant CREATED = Instant.parse("2026-11-22T05:05:10Z");
    private static final Duration LONGEST = Duration.ofDays(180);

    private final NodeIdentity sender = PohttpVectors.sender();

    @Test
    void theFieldSetIsThatOfSection3OctetForOctet() {
        NodeId id = NodeId.parse("0" + "ab".repeat(32));

        byte[] fields =
                builder()
                        .recipient(id)
                        .internetAddress("b.example")
                        .id("7")
                        .ttl(Duration.ofMinutes(5))
                        .payload(new byte[] {1, 2, 3})
                        .fieldSet();

        assertThat(hex(fields))
                .isEqualTo(
                        hex(0x30, 0x6c)
                                + hex(0xa0, 0x4e)
                                + (hex(0x80, 0x41) + text(id.text()))
                                + (hex(0x81, 0x09) + text("b.example"))
                                + (hex(0x81, 0x01) + text("7"))
                                + (hex(0x82, 0x0e) + text("20261122050510"))
                                + (hex(0x83, 0x02) + hex(0x01, 0x2c))
                                + (hex(0x84, 0x03) + hex(1, 2, 3)));
    }

    @Test
    void withoutAnInternetAddressTheRecipientHasOneField() {
        byte[] fields = builder().recipient("0x").id("").ttl(Duration.ZERO).fieldSet();

        assertThat(hex(fields))
                .isEqualTo(
                        hex(0x30, 0x1d)
                                + (hex(0xa0, 0x04, 0x80, 0x02) + text("0x"))
                                + hex(0x81, 0x00)
                                + (hex(0x82, 0x0e) + text("20261122050510"))
                                + hex(0x83, 0x01, 0x00)
                                + hex(0x84, 0x00));
    }

    @ParameterizedTest
    @ValueSource(strings = {"valid", "valid-no-internet-address", "valid-sha512", "valid-id-64"})
    void makesTheFieldSetsOfTheReferenceLibrary(String name) {
        byte[] theirs = Cms.of(PohttpVectors.parcel(name)).content();
        ParcelContent said = ParcelContent.read(theirs);

        byte[] ours =
                builder()
                        .internetAddress(said.internetAddress().orElse(null))
                        .id(said.id())
                        .ttl(LONGEST)
                        .payload(said.payload())
                        .fieldSet();

        assertThat(ours).isEqualTo(theirs);
    }

    @Test
    void hasTheShapeOfTheReferenceLibrarys() {
        byte[] theirs = PohttpVectors.parcel("valid");
        byte[] content = Cms.of(theirs).content();

        byte[] ours = builder().build(content);

        assertThat(Arrays.copyOf(ours, 7)).isEqualTo(Arrays.copyOf(theirs, 7));
        assertThat(Cms.of(ours).shape()).isEqualTo(Cms.of(theirs).shape());
        assertThat(Cms.of(ours).content()).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource(PssSignature.class)
    void isSignedByTheSender(PssSignature algorithm) {
        byte[] parcel = builder().algorithm(algorithm).build();

        assertThat(Cms.of(parcel).isSignedBy(sender.certificate())).isTrue();
        assertThat(Cms.of(parcel).isSignedBy(sender.chain().getLast())).isFalse();
        parcel[parcel.length - 1] ^= 1;
        assertThat(Cms.of(parcel).isSignedBy(sender.certificate())).isFalse();
    }

    @Test
    void attachesTheChainAsItWasIssuedWithoutTheRoot() {
        NodeIdentity gateway = PohttpVectors.privateGateway();

        assertThat(Cms.of(new ParcelBuilder(gateway, CREATED).build()).certificates())
                .containsExactly(gateway.certificate());
        assertThat(Cms.of(builder().build()).certificates()).isEqualTo(sender.chain());
        assertThat(Cms.of(builder().attach(List.of()).build()).certificates()).isEmpty();
    }

    @Test
    void attachesCertificatesWithOddSerialNumbersAsTheyAre() {
        List<NodeCertificate> odd = Cms.of(PohttpVectors.parcel("valid-odd-serial")).certificates();

        byte[] parcel = new ParcelBuilder(new NodeIdentity(sender.key(), odd), CREATED).build();

        assertThat(Cms.of(parcel).certificates()).isEqualTo(odd);
        assertThat(Cms.of(parcel).isSignedBy(odd.getFirst())).isTrue();
    }

    @Test
    void makesOtherPeoplesMistakes() {
        byte[] fields =
                builder()
                        .recipient("\u0000")
                        .created("2026")
                        .ttl(BigInteger.valueOf(-1))
                        .id("\n")
                        .fieldSet();

        assertThat(hex(fields))
                .isEqualTo(
                        "3013"
                                + "a0038001"
                                + "00"
                                + "81010a"
                                + ("8204" + text("2026"))
                                + "8301ff"
                                + "8400");
        assertThat(Cms.of(builder().build(new byte[] {5, 0})).content())
                .isEqualTo(new byte[] {5, 0});
    }

    @ParameterizedTest
    @ValueSource(ints = {6_000, 8_322_037, 8_322_038})
    void isExactlyAsLongAsATestWants(int octets) {
        assertThat(builder().fillTo(octets).build()).hasSize(octets);
    }

    @Test
    void cannotBeShorterThanItsCertificates() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder().fillTo(1_000));
    }

    private ParcelBuilder builder() {
        return new ParcelBuilder(sender, CREATED);
    }

    private static String text(String text) {
        return hex(text.getBytes(US_ASCII));
    }

    private static String hex(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return hex(bytes);
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
