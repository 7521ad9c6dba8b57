package dev.posthouse.relay.ramf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.posthouse.common.node.NodeCertificate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Section 11.1: countersignatures. */
final class DetachedSignatureTest {

    private static final byte[] CONTENT = "content".getBytes(UTF_8);

    private final MadeParcel made =
            new MadeParcel()
                    .content(CONTENT)
                    .detached()
                    .certificates(MadeCertificate.gateway())
                    .signedBy(Node.PRIVATE_GATEWAY, Algorithm.PSS);

    @Test
    void namesItsSigner() throws Exception {
        assertSigned(made.cms(), CONTENT);
        assertSigned(made.attributes(usual -> List.of()).cms(), CONTENT);
    }

    @Test
    void namesAllCertificatesOfASignerNamedByItsKey() throws Exception {
        NodeCertificate earlier = MadeCertificate.gateway();

        List<NodeCertificate> signers =
                DetachedSignature.signers(
                        made.alsoCertificates(earlier).bySubjectKey().cms(), CONTENT);

        assertThat(signers).hasSize(2).contains(earlier);
    }

    @Test
    void isOverThePartsOfItsContent() throws Exception {
        byte[] first = Arrays.copyOf(CONTENT, 3);
        byte[] second = Arrays.copyOfRange(CONTENT, 3, CONTENT.length);
        byte[] usual = made.cms();
        byte[] plain = made.attributes(attributes -> List.of()).cms();

        assertSigned(usual, first, second);
        assertSigned(plain, first, second);
        assertInvalid(plain, second, first);
    }

    private static void assertSigned(byte[] cms, byte[]... content) throws InvalidSignature {
        assertThat(DetachedSignature.signers(cms, content))
                .extracting(NodeCertificate::id)
                .containsExactly(Node.PRIVATE_GATEWAY.id());
    }

    @Test
    void isOverThatContentAlone() {
        assertInvalid(made.cms(), new byte[0]);
        assertInvalid(made.cms(), "Content".getBytes(UTF_8));
        assertInvalid(made.attributes(usual -> List.of()).cms(), new byte[0]);
    }

    @Test
    void isByTheHolderOfTheKey() {
        assertInvalid(made.signedBy(Node.STRANGER, Algorithm.PSS).cms(), CONTENT);
        assertInvalid(made.signedBy(Node.PRIVATE_GATEWAY, Algorithm.PKCS1).cms(), CONTENT);
    }

    @Test
    void isDetached() {
        byte[] attached =
                new MadeParcel()
                        .content(CONTENT)
                        .certificates(MadeCertificate.gateway())
                        .signedBy(Node.PRIVATE_GATEWAY, Algorithm.PSS)
                        .cms();

        assertInvalid(attached, CONTENT);
    }

    @Test
    void isNothingElse() {
        byte[] good = made.cms();
        Random random = new Random(20261122);
        for (int round = 0; round < 200; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            assertInvalid(noise, CONTENT);
            assertInvalid(Arrays.copyOf(good, random.nextInt(good.length)), CONTENT);
        }
        assertInvalid(Arrays.copyOf(good, good.length + 1), CONTENT);
    }

    private static void assertInvalid(byte[] cms, byte[]... content) {
        assertThatExceptionOfType(InvalidSignature.class)
                .isThrownBy(() -> DetachedSignature.signers(cms, content));
    }
}
