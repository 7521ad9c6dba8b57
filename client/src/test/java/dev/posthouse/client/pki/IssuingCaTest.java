package dev.posthouse.client.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.client.testing.OpenSsl;
import dev.posthouse.client.testing.OpenSsl.Outcome;
import dev.posthouse.common.net.Cidr;
import dev.posthouse.common.x509.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class IssuingCaTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Authority ROOT = RootCa.create(RootCa.NAME, CLOCK);
    private static final String NAME = "abcdefghijklmnopqrstuvwxyz234567.devices.example";

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(names = {"P256", "P384", "RSA3072"})
    void opensslVerifiesADeviceCertificateStrictly(KeyType keyType) throws IOException {
        Constraints constraints = new Constraints("devices.example", Constraints.PRIVATE);
        Authority issuing = new IssuingCa(IssuingCa.NAME, keyType, constraints).create(ROOT, CLOCK);

        Outcome outcome = verify(issuing, TestDevice.at("192.168.1.7").named(NAME), "192.168.1.7");

        assertThat(outcome.output()).contains("leaf.crt: OK");
        assertThat(outcome.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "10.255.0.1, true", "172.16.0.1, true", "172.32.0.1, false", "100.64.0.1, true",
        "100.128.0.1, false", "fd00::1, true", "2a00::1, false", "203.0.113.7, false"
    })
    void thePrivateRangesArePermittedAndNothingElse(String address, boolean permitted)
            throws IOException {
        Authority issuing = issuing(new Constraints("devices.example", Constraints.PRIVATE));

        Outcome outcome = verify(issuing, TestDevice.at(address).named(NAME), address);

        assertThat(outcome.exitCode() == 0).isEqualTo(permitted);
        if (!permitted) {
            assertThat(outcome.output()).contains("permitted subtree violation");
        }
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7", "2a00::1", "10.0.0.1"})
    void everyAddressIsPermittedWhenTheOperatorSaysSo(String address) throws IOException {
        Authority issuing = issuing(new Constraints("devices.example", Constraints.EVERYWHERE));

        assertThat(verify(issuing, TestDevice.at(address), address).exitCode()).isZero();
    }

    @Test
    void ipv4RangesAloneExcludeEveryIpv6Address() throws IOException {
        Authority issuing =
                issuing(new Constraints("devices.example", List.of(Cidr.parse("10.0.0.0/8"))));

        assertThat(verify(issuing, TestDevice.at("10.0.0.1"), "10.0.0.1").exitCode()).isZero();
        assertThat(verify(issuing, TestDevice.at("fd00::1"), "fd00::1").output())
                .contains("permitted subtree violation");
    }

    @Test
    void ipv6RangesAloneExcludeEveryIpv4Address() throws IOException {
        Authority issuing =
                issuing(new Constraints("devices.example", List.of(Cidr.parse("fc00::/7"))));

        assertThat(verify(issuing, TestDevice.at("fd00::1"), "fd00::1").exitCode()).isZero();
        assertThat(verify(issuing, TestDevice.at("10.0.0.1"), "10.0.0.1").output())
                .contains("permitted subtree violation");
    }

    @ParameterizedTest
    @CsvSource({
        "a.devices.example, true",
        "a.example, false",
        "devices.example.org, false",
        "adevices.example, false"
    })
    void namesOutsideTheAccessDomainAreRefused(String name, boolean permitted) throws IOException {
        Authority issuing = issuing(new Constraints("devices.example", Constraints.PRIVATE));

        Outcome outcome = verify(issuing, TestDevice.at("10.0.0.1").named(name), "10.0.0.1");

        assertThat(outcome.exitCode() == 0).isEqualTo(permitted);
    }

    @Test
    void withoutAnAccessDomainACertificateWithoutDnsNameVerifiesInJavaAndOpenssl()
            throws Exception {
        Authority issuing = issuing(new Constraints(null, Constraints.PRIVATE));
        TestDevice device = TestDevice.at("10.0.0.1");

        assertThat(verify(issuing, device, "10.0.0.1").exitCode()).isZero();
        X509Certificate leaf = device.issue(issuing, KeyType.P256.generate().getPublic(), CLOCK);
        assertThat(JavaPath.verifies(ROOT, issuing, leaf)).isTrue();
    }

    @Test
    void twoIssuingCasOfOneRootAreActiveTogether() throws IOException {
        Constraints constraints = new Constraints("devices.example", Constraints.PRIVATE);
        Authority old = issuing(constraints);
        Authority next = issuing(constraints);

        assertThat(old.certificate().getSubjectX500Principal())
                .isNotEqualTo(next.certificate().getSubjectX500Principal());
        assertThat(verify(old, TestDevice.at("10.0.0.1"), "10.0.0.1").exitCode()).isZero();
        assertThat(verify(next, TestDevice.at("10.0.0.1"), "10.0.0.1").exitCode()).isZero();
    }

    @Test
    void itsProfileIsAsTheSpecificationSays() throws Exception {
        X509Certificate certificate =
                issuing(new Constraints("devices.example", Constraints.PRIVATE)).certificate();

        assertThat(certificate.getBasicConstraints()).isZero();
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getCriticalExtensionOIDs())
                .containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15", "2.5.29.30");
        assertThat(Duration.between(CLOCK.instant(), certificate.getNotAfter().toInstant()))
                .isBetween(Duration.ofDays(1094), Duration.ofDays(1097));
    }

    @Test
    void itDoesNotOutliveItsRoot() {
        Clock late = Clock.offset(CLOCK, Duration.ofDays(19 * 365));
        Constraints constraints = new Constraints("devices.example", Constraints.PRIVATE);

        Authority issuing = new IssuingCa("Late", KeyType.P256, constraints).create(ROOT, late);

        assertThat(issuing.certificate().getNotAfter()).isEqualTo(ROOT.certificate().getNotAfter());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"P256", "P384", "RSA3072"},
            mode = Mode.EXCLUDE)
    void otherKeyTypesAreRefused(KeyType keyType) {
        Constraints constraints = new Constraints(null, Constraints.PRIVATE);

        assertThatThrownBy(() -> new IssuingCa("Weak", keyType, constraints))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p256");
    }

    @ParameterizedTest
    @CsvSource({"-a.example", "a_b.example", "Devices.Example", "a..b", "''"})
    void anAccessDomainThatIsNoDnsNameIsRefused(String domain) {
        assertThatThrownBy(() -> new Constraints(domain, Constraints.PRIVATE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCaThatMayIssueForNoAddressIsRefused() {
        assertThatThrownBy(() -> new Constraints(null, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Authority issuing(Constraints constraints) {
        return new IssuingCa(IssuingCa.NAME, KeyType.P256, constraints).create(ROOT, CLOCK);
    }

    private Outcome verify(Authority issuing, TestDevice device, String address)
            throws IOException {
        X509Certificate leaf = device.issue(issuing, KeyType.P256.generate().getPublic(), CLOCK);
        return OpenSsl.run(
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-verify_ip",
                address,
                "-CAfile",
                pem("root.crt", ROOT.certificate()),
                "-untrusted",
                pem("issuing.crt", issuing.certificate()),
                pem("leaf.crt", leaf));
    }

    private Path pem(String name, X509Certificate certificate) throws IOException {
        return Files.writeString(directory.resolve(name), Pem.encode(List.of(certificate)));
    }
}
