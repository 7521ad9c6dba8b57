package dev.posthouse.relay.ramf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.node.InvalidNodeCertificate;
import dev.posthouse.common.node.NodeCertificate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;

class KnownCertificatesTest {

    private final List<byte[]> certificates =
            Stream.of("internet-gateway", "private-gateway", "recipient-endpoint", "sender-pda")
                    .map(Vectors::certificate)
                    .map(NodeCertificate::octets)
                    .toList();

    @Test
    void readsEachOnce() {
        KnownCertificates known = new KnownCertificates();

        for (byte[] der : certificates) {
            NodeCertificate first = known.read(der);
            assertThat(first).isEqualTo(NodeCertificate.parse(der));
            assertThat(known.read(der.clone())).isSameAs(first);
        }
        assertThat(known.size()).isEqualTo(certificates.size());
    }

    @Test
    void tellsApartWhatDiffersInOneOctet() {
        KnownCertificates known = new KnownCertificates();
        byte[] der = certificates.getFirst();
        NodeCertificate genuine = known.read(der);
        byte[] forged = der.clone();
        forged[forged.length - 1] ^= 1;

        assertThat(known.read(forged)).isNotEqualTo(genuine);
        assertThat(known.read(forged).octets()).isEqualTo(forged);
    }

    @Test
    void remembersNothingThatIsNoCertificate() {
        KnownCertificates known = new KnownCertificates();
        byte[] cut = Arrays.copyOf(certificates.getFirst(), 100);

        assertThatThrownBy(() -> known.read(cut)).isInstanceOf(InvalidNodeCertificate.class);
        assertThatThrownBy(() -> known.read(cut)).isInstanceOf(InvalidNodeCertificate.class);
        assertThat(known.size()).isZero();
    }

    @Test
    void keepsNoMoreOctetsThanItMay() {
        int length = certificates.stream().mapToInt(der -> der.length).max().orElseThrow();
        KnownCertificates known = new KnownCertificates(KnownCertificates.octets(length));

        certificates.forEach(known::read);

        assertThat(known.size()).isLessThanOrEqualTo(1);
    }

    /** What Bouncy Castle makes of that takes twenty times as much. */
    @Test
    void countsWhatACertificateTakes() throws IOException {
        byte[] oddities = new byte[60_000];
        for (int at = 0; at < oddities.length; at += 5) {
            System.arraycopy(new byte[] {0x31, 3, 4, 1, 0}, 0, oddities, at, 5);
        }
        byte[] der = issuedBy(oddities);
        List<NodeCertificate> kept = new ArrayList<>();
        long before = used();
        for (int i = 0; i < 50; i++) {
            der[der.length - 1] = (byte) i;
            kept.add(NodeCertificate.parse(der));
        }

        assertThat((used() - before) / kept.size())
                .isLessThan(KnownCertificates.octets(der.length));
    }

    /** In place of its own issuer's name. */
    private static byte[] issuedBy(byte[] names) throws IOException {
        ASN1Sequence certificate = ASN1Sequence.getInstance(MadeCertificate.sender().octets());
        ASN1Encodable[] draft = ASN1Sequence.getInstance(certificate.getObjectAt(0)).toArray();
        draft[3] = ASN1Primitive.fromByteArray(MadeFields.tlv(Ber.SEQUENCE, names));
        ASN1Encodable[] parts = certificate.toArray();
        parts[0] = new DERSequence(draft);
        return new DERSequence(parts).getEncoded("DER");
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
