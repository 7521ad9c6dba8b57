package dev.posthouse.relay.ramf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.node.InvalidNodeCertificate;
import dev.posthouse.common.node.NodeCertificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
        KnownCertificates known = new KnownCertificates(length);

        certificates.forEach(known::read);

        assertThat(known.size()).isLessThanOrEqualTo(1);
    }
}
