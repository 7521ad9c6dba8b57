package dev.posthouse.relay.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeCertificates;
import dev.posthouse.common.node.NodeRole;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.common.x509.Pem;
import dev.posthouse.relay.RelayUnderTest;
import dev.posthouse.relay.TestSettings;
import dev.posthouse.relay.identity.IdentityFiles.Imported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator's key and certificates; what is wrong with them is named. */
class IdentityFilesTest {

    private static final Instant FROM = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant UNTIL = FROM.plusSeconds(3_600);
    private static final Path KEY =
            Path.of(RelayUnderTest.VECTORS, "keys/internet-gateway.pkcs8.der");
    private static final Path OTHER_KEY =
            Path.of(RelayUnderTest.VECTORS, "keys/private-gateway.pkcs8.der");
    private static final Path CERTIFICATE =
            Path.of(RelayUnderTest.VECTORS, "certs/internet-gateway.der");
    private static final Path ISSUED = Path.of(RelayUnderTest.VECTORS, "certs/private-gateway.der");

    @TempDir Path directory;

    private static IdentityFiles files(Map<String, String> settings) {
        return new IdentityFiles(TestSettings.with(settings));
    }

    private static IdentityFiles files(Path key, Path certificate) {
        return files(
                Map.of(
                        "relay.identity.key",
                        key.toString(),
                        "relay.identity.certificate",
                        certificate.toString()));
    }

    private static void assertNames(String setting, ThrowingCallable start) {
        assertThatThrownBy(start)
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith(setting + ": ");
    }

    private Path write(String name, byte[] octets) throws IOException {
        return Files.write(directory.resolve(name), octets);
    }

    @Test
    void readsDer() {
        Imported imported = files(KEY, CERTIFICATE).imported().orElseThrow();

        assertThat(imported.key().id()).isEqualTo(imported.certificate().id());
    }

    @Test
    void readsPem() throws IOException {
        Path key = directory.resolve("key.pem");
        Path certificate = directory.resolve("certificate.pem");
        Files.writeString(key, Pem.encode("PRIVATE KEY", Files.readAllBytes(KEY)));
        Files.writeString(
                certificate, "\n" + Pem.encode("CERTIFICATE", Files.readAllBytes(CERTIFICATE)));

        Imported imported = files(key, certificate).imported().orElseThrow();

        Imported same = files(KEY, CERTIFICATE).imported().orElseThrow();
        assertThat(imported.key().id()).isEqualTo(same.key().id());
        assertThat(imported.certificate()).isEqualTo(same.certificate());
    }

    @Test
    void importsNothingByItself() {
        assertThat(files(Map.of()).imported()).isEmpty();
        assertThat(files(Map.of()).trusted()).isEmpty();
    }

    @Test
    void namesWhatIsMissing() {
        assertNames(
                "relay.identity.certificate",
                () -> files(Map.of("relay.identity.key", KEY.toString())).imported());
        assertNames(
                "relay.identity.key",
                () ->
                        files(Map.of("relay.identity.certificate", CERTIFICATE.toString()))
                                .imported());
        assertNames("relay.identity.key", () -> files(Path.of("/none"), CERTIFICATE).imported());
        assertNames("relay.identity.certificate", () -> files(KEY, Path.of("/none")).imported());
    }

    @Test
    void namesWhatDoesNotMatch() {
        assertNames("relay.identity.certificate", () -> files(OTHER_KEY, CERTIFICATE).imported());
    }

    @Test
    void namesWhatWasIssuedBySomebodyElse() {
        assertNames("relay.identity.certificate", () -> files(OTHER_KEY, ISSUED).imported());
        assertNames(
                "relay.identity.trusted",
                () -> files(Map.of("relay.identity.trusted", ISSUED.toString())).trusted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE_GATEWAY", "ENDPOINT", "SENDER"})
    void namesWhatMayNotIssueForPrivateGateways(NodeRole role) throws IOException {
        OwnKey own = OwnKey.create();
        KeyPair pair = own.pair();
        NodeCertificate made = NodeCertificates.issue(pair, pair.getPublic(), role, FROM, UNTIL);
        Path key = write("key", own.pkcs8());
        Path certificate = write("certificate", made.octets());

        assertNames("relay.identity.certificate", () -> files(key, certificate).imported());
    }

    @Test
    void namesFilesThatHoldSomethingElse() throws IOException {
        Path garbage = write("garbage", new byte[] {1, 2, 3});
        Path empty = write("empty", new byte[0]);
        Path armour = directory.resolve("armour");
        Files.writeString(armour, Pem.encode("X509 CRL", new byte[] {1}));
        for (Path bad : new Path[] {garbage, empty, armour, directory}) {
            assertNames("relay.identity.key", () -> files(bad, CERTIFICATE).imported());
            assertNames("relay.identity.certificate", () -> files(KEY, bad).imported());
        }
        assertNames("relay.identity.key", () -> files(CERTIFICATE, CERTIFICATE).imported());
        assertNames("relay.identity.certificate", () -> files(KEY, KEY).imported());
    }

    @ParameterizedTest
    @CsvSource({"RSA, 1024", "EC, 256"})
    void namesAKeyThatNoNodeHas(String kind, int bits)
            throws IOException, NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(bits);
        Path key = write("key", generator.generateKeyPair().getPrivate().getEncoded());

        assertNames("relay.identity.key", () -> files(key, CERTIFICATE).imported());
    }

    @Test
    void readsFurtherCertificates() {
        IdentityFiles files = files(Map.of("relay.identity.trusted", CERTIFICATE.toString()));

        assertThat(files.trusted()).hasSize(1);
    }
}
