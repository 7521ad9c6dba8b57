package dev.posthouse.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.Test;

final class NodeCertificateTest {

    private static final int ROUNDS = Integer.getInteger("posthouse.fuzz.rounds", 2000);
    private static final Instant FROM = Instant.parse("2026-11-22T05:06:10Z");
    private static final Instant UNTIL = Instant.parse("2060-01-01T00:00:00Z");

    private final NodeCertificate gateway =
            NodeCertificates.issue(
                    Keys.GATEWAY, Keys.GATEWAY.getPublic(), NodeRole.PRIVATE_GATEWAY, FROM, UNTIL);

    @Test
    void livesFromItsFirstToItsLastSecond() {
        assertThat(gateway.isValidAt(FROM)).isTrue();
        assertThat(gateway.isValidAt(UNTIL)).isTrue();
        assertThat(gateway.isValidAt(FROM.minusNanos(1))).isFalse();
        assertThat(gateway.isValidAt(UNTIL.plusNanos(1))).isFalse();
    }

    @Test
    void readsTheTimesOfTheLastCentury() {
        Instant then = Instant.parse("1999-12-31T23:59:59Z");
        NodeCertificate old =
                NodeCertificates.issue(
                        Keys.GATEWAY, Keys.GATEWAY.getPublic(), NodeRole.SENDER, then, FROM);

        assertThat(old.notBefore()).isEqualTo(then);
    }

    @Test
    void isFitForNoOtherRole() {
        assertThat(NodeRole.PRIVATE_GATEWAY.isHeldBy(gateway)).isTrue();
        assertThat(NodeRole.ENDPOINT.isHeldBy(gateway)).isTrue();
        assertThat(NodeRole.INTERNET_GATEWAY.isHeldBy(gateway)).isFalse();
        assertThat(NodeRole.SENDER.isHeldBy(gateway)).isFalse();
    }

    @Test
    void isNamedByIssuerAndNumberOrByKey() {
        IssuerAndSerialNumber name = gateway.issuerAndSerialNumber();
        var other =
                new IssuerAndSerialNumber(new X500Name("CN=x"), name.getSerialNumber().getValue());
        var next =
                new IssuerAndSerialNumber(
                        name.getName(), name.getSerialNumber().getValue().add(BigInteger.ONE));

        assertThat(gateway.isNamedBy(new SignerIdentifier(name))).isTrue();
        assertThat(gateway.isNamedBy(new SignerIdentifier(other))).isFalse();
        assertThat(gateway.isNamedBy(new SignerIdentifier(next))).isFalse();
        assertThat(gateway.isNamedBy(byKey(gateway.id().hash()))).isTrue();
        assertThat(gateway.isNamedBy(byKey(new byte[32]))).isFalse();
    }

    @Test
    void namesTheKeyThatSignedIt() {
        assertThat(gateway.authorityKeyId())
                .hasValueSatisfying(named -> assertThat(named).isEqualTo(gateway.id().hash()));
    }

    @Test
    void hasNoKeyThatNodesMayNotHave() {
        NodeCertificate weak =
                NodeCertificates.issue(
                        Keys.GATEWAY, Keys.rsa(1024).getPublic(), NodeRole.SENDER, FROM, UNTIL);

        assertThat(weak.hasUsableKey()).isFalse();
        assertThatIllegalStateException().isThrownBy(weak::publicKey);
        assertThat(gateway.isSignedBy(weak)).isFalse();
        assertThat(weak).isNotEqualTo(gateway);
    }

    private static SignerIdentifier byKey(byte[] hash) {
        return new SignerIdentifier(new DEROctetString(hash));
    }

    /** One in 512 of the JavaScript library's has such a number. */
    @Test
    void mayHaveANumberWithASuperfluousOctet() {
        NodeCertificate odd = NodeCertificate.parse(odd(gateway.octets()));

        assertThat(odd.id()).isEqualTo(gateway.id());
        assertThat(odd.isSignedBy(gateway)).as("it is another number").isFalse();
        assertThat(odd.isNamedBy(new SignerIdentifier(gateway.issuerAndSerialNumber()))).isTrue();
    }

    /** Behind two headers of four octets each, and the version. */
    private static byte[] odd(byte[] der) {
        int number = 13;
        assertThat(HexFormat.of().formatHex(der, number - 5, number)).isEqualTo("a003020102");
        byte[] one = Arrays.copyOfRange(der, number, number + 2 + der[number + 1]);
        ByteBuffer changed = ByteBuffer.allocate(der.length + 1);
        changed.put(der, 0, number).put((byte) 2).put((byte) (one.length - 1)).put((byte) 0);
        changed.put(one, 2, one.length - 2);
        changed.put(der, number + one.length, der.length - number - one.length);
        changed.putShort(2, (short) (changed.getShort(2) + 1));
        changed.putShort(6, (short) (changed.getShort(6) + 1));
        return changed.array();
    }

    @Test
    void keepsItsOctetsToItself() {
        byte[] octets = gateway.octets();
        NodeCertificate read = NodeCertificate.parse(octets);
        octets[20] ^= 1;
        read.octets()[20] ^= 1;

        assertThat(read).isEqualTo(gateway).hasSameHashCodeAs(gateway);
        assertThat(read.isSignedBy(gateway)).isTrue();
        assertThat(read).hasToString("NodeCertificate[" + gateway.id() + "]");
    }

    @Test
    void isExactlyOneCertificate() {
        byte[] good = gateway.octets();

        assertInvalid(new byte[0]);
        assertInvalid(Arrays.copyOf(good, good.length + 1));
        assertInvalid(Arrays.copyOf(good, good.length - 1));
        assertInvalid(Asn1.der(new DERSequence(new ASN1Integer(1))));
        byte[] deep = new byte[100_000];
        Arrays.fill(deep, (byte) 0x30);
        assertInvalid(deep);
        for (int at = 0; at < deep.length; at += 2) {
            deep[at + 1] = (byte) 0x80;
        }
        assertInvalid(deep);
    }

    private static void assertInvalid(byte[] octets) {
        assertThatExceptionOfType(InvalidNodeCertificate.class)
                .isThrownBy(() -> NodeCertificate.parse(octets));
    }

    /** Only a change of what is not signed may verify, and such a change there is not. */
    @Test
    void survivesMutants() {
        Random random = new Random(20261122);
        byte[] good = gateway.octets();
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutant = good.clone();
            mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                NodeCertificate certificate = NodeCertificate.parse(mutant);
                assertThat(certificate.isSignedBy(gateway)).isFalse();
                assertThat(certificate.isValidAt(FROM.plus(Duration.ofDays(1)))).isIn(true, false);
                assertThat(certificate.pathLength().orElse(0)).isGreaterThanOrEqualTo(-1);
                read++;
            } catch (InvalidNodeCertificate refused) {
                assertThat(refused).hasMessage("This is not an X.509 certificate.");
            }
        }
        assertThat(read).isBetween(1, ROUNDS);
    }
}
