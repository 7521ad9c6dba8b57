package dev.posthouse.common.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.x509.BouncyCastle;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NodeCertificatesTest {

    private static final Instant FROM = Instant.parse("2026-11-22T05:06:10Z");
    private static final Instant UNTIL = FROM.plus(Duration.ofDays(180));

    @ParameterizedTest
    @EnumSource
    void issuesForEveryRole(NodeRole role) {
        NodeCertificate issued = issued(role);

        assertThat(role.isHeldBy(issued)).isTrue();
        assertThat(issued.pathLength()).hasValue(pathLength(role));
        assertThat(issued.id()).isEqualTo(NodeId.of(Keys.ENDPOINT.getPublic()));
        assertThat(issued.publicKey()).isEqualTo(Keys.ENDPOINT.getPublic());
        assertThat(issued.namesIssuer(NodeId.of(Keys.GATEWAY.getPublic()))).isTrue();
        assertThat(issued.namesIssuer(issued.id())).isFalse();
        assertThat(issued.notBefore()).isEqualTo(FROM);
        assertThat(issued.notAfter()).isEqualTo(UNTIL);
        assertThat(issued.isUnderstood()).isTrue();
        assertThat(NodeCertificate.parse(issued.octets())).isEqualTo(issued);
    }

    private static int pathLength(NodeRole role) {
        return switch (role) {
            case SENDER, ENDPOINT -> 0;
            case PRIVATE_GATEWAY -> 1;
            case INTERNET_GATEWAY -> 2;
        };
    }

    @Test
    void isSignedByItsIssuerAlone() {
        NodeCertificate own = own();
        NodeCertificate issued = issued(NodeRole.PRIVATE_GATEWAY);

        assertThat(own.isSignedBy(own)).isTrue();
        assertThat(issued.isSignedBy(own)).isTrue();
        assertThat(issued.isSignedBy(issued)).isFalse();
    }

    /** Section 6: one common name, a BMPString; key identifiers of 32 octets; PSS with SHA-256. */
    @Test
    void keepsTheProfileAsAnotherReaderSeesIt() throws Exception {
        NodeCertificate issued = issued(NodeRole.ENDPOINT);
        X509Certificate read = read(issued);

        read.verify(Keys.GATEWAY.getPublic(), BouncyCastle.PROVIDER);
        assertThat(read.getSubjectX500Principal().getName()).isEqualTo("CN=" + issued.id());
        assertThat(HexFormat.of().formatHex(read.getSubjectX500Principal().getEncoded()))
                .contains("1e8182" + "0030");
        assertThat(read.getCriticalExtensionOIDs()).containsExactly("2.5.29.19");
        assertThat(read.getBasicConstraints()).isZero();
        assertThat(HexFormat.of().formatHex(read.getExtensionValue("2.5.29.14")))
                .endsWith("0420" + issued.id().text().substring(1));
        assertThat(read.getKeyUsage()).isNull();
        assertThat(read.getSerialNumber().signum()).isEqualTo(1);
        assertThat(read.getSigAlgOID()).isEqualTo("1.2.840.113549.1.1.10");
    }

    @Test
    void writesASenderAsTheReferenceLibrariesDo() {
        String sender = HexFormat.of().formatHex(issued(NodeRole.SENDER).octets());

        assertThat(sender).contains("0603551d130101ff0405" + "3003020100");
    }

    @Test
    void givesEveryCertificateItsOwnNumber() throws Exception {
        assertThat(read(own()).getSerialNumber()).isNotEqualTo(read(own()).getSerialNumber());
    }

    private static NodeCertificate own() {
        return NodeCertificates.issue(
                Keys.GATEWAY, Keys.GATEWAY.getPublic(), NodeRole.INTERNET_GATEWAY, FROM, UNTIL);
    }

    private static NodeCertificate issued(NodeRole role) {
        return NodeCertificates.issue(Keys.GATEWAY, Keys.ENDPOINT.getPublic(), role, FROM, UNTIL);
    }

    private static X509Certificate read(NodeCertificate certificate) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER)
                        .generateCertificate(new ByteArrayInputStream(certificate.octets()));
    }
}
