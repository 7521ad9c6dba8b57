package dev.posthouse.ca.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.ca.TestSettings;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SigningKeysTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final FakeClock clock = new FakeClock(NOW);
    private final Map<String, String> settings = new HashMap<>();

    @TempDir private Path directory;

    @BeforeEach
    void aPassphrase() throws IOException {
        Path file = directory.resolve("passphrase");
        Files.writeString(file, TestIssuer.PASSPHRASE + "\n");
        settings.put("ca.issuer.passphrase-file", file.toString());
    }

    private SigningKeys read(TestIssuer issuer) {
        settings.put("ca.issuer.key-stores", issuer.build().write(directory, "one").toString());
        return new SigningKeys(TestSettings.with(settings), clock);
    }

    private static TestIssuer issuer() {
        return TestIssuer.p256().from(NOW.minusSeconds(60), Duration.ofDays(1000));
    }

    @Test
    void signsWithTheNewestThatIsValidByNow() {
        Path old =
                issuer().from(NOW.minus(Duration.ofDays(100)), Duration.ofDays(1000))
                        .build()
                        .write(directory, "old");
        TestIssuer.Built current = issuer().build();
        Path future =
                issuer().from(NOW.plus(Duration.ofDays(1)), Duration.ofDays(1000))
                        .build()
                        .write(directory, "future");
        settings.put(
                "ca.issuer.key-stores",
                old + "," + current.write(directory, "current") + "," + future);

        SigningKeys keys = new SigningKeys(TestSettings.with(settings), clock);

        assertThat(keys.current().pem()).isEqualTo(current.issuer().pem());
        clock.advance(Duration.ofDays(2));
        assertThat(keys.current().pem()).isNotEqualTo(current.issuer().pem());
    }

    @Test
    void doesNotWorkWhenNoIssuerIsValid() {
        SigningKeys keys = read(issuer());
        assertThat(keys.isWorking()).isTrue();

        clock.advance(Duration.ofDays(1001));

        assertThat(keys.isWorking()).isFalse();
        assertThatThrownBy(keys::current).hasMessageContaining("ca.issuer.key-stores");
    }

    @Test
    void worksAgainWhenATrialSucceedsAfterAFailure() {
        SigningKeys keys = read(issuer());
        keys.failed();

        assertThat(keys.isWorking()).isTrue();
    }

    @Test
    void doesNotWorkWhileTheKeyFails() {
        // Its key is another's: nothing it signs verifies.
        TestIssuer.Built broken = issuer().build();
        Issuer issuer = new TestIssuer.Built(pair(), broken.issuing(), broken.root()).issuer();
        SigningKeys keys = new SigningKeys(List.of(issuer), clock);
        assertThat(keys.isWorking()).isTrue();

        keys.failed();

        assertThat(keys.isWorking()).isFalse();
        assertThat(keys.isWorking()).isFalse();
    }

    @Test
    void readsEveryKindOfIssuingKey() {
        for (TestIssuer kind :
                List.of(TestIssuer.p256(), TestIssuer.p384(), TestIssuer.rsa(3072))) {
            assertThat(read(kind.from(NOW, Duration.ofDays(9))).isWorking()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"2048", "1024"})
    void refusesToStartWithAShortRsaKey(int bits) {
        refuses(TestIssuer.rsa(bits), "ca.issuer.key-stores", "3072");
    }

    @Test
    void refusesToStartWithACertificateThatIsNoCas() {
        refuses(issuer().noCa(), "ca.issuer.key-stores", "is not a CA's");
    }

    @Test
    void refusesToStartWithACertificateThatMayNotSign() {
        refuses(
                issuer().using(KeyUsage.digitalSignature),
                "ca.issuer.key-stores",
                "does not allow signing certificates");
    }

    @Test
    void refusesToStartWithAnIssuerWithoutKeyIdentifier() {
        refuses(issuer().unidentified(), "ca.issuer.key-stores", "no subjectKeyIdentifier");
    }

    @Test
    void refusesToStartWithConstraintsThatAreNotCritical() {
        refuses(
                issuer().permitting("10.0.0.0/8").uncritical(),
                "ca.issuer.key-stores",
                "not critical");
    }

    @Test
    void refusesToStartWithAnotherCertificatesKey() {
        Path file = issuer().build().write(directory, "one", pair());
        settings.put("ca.issuer.key-stores", file.toString());

        assertThatThrownBy(() -> new SigningKeys(TestSettings.with(settings), clock))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("ca.issuer.key-stores")
                .hasMessageContaining("its key is not its certificate's");
    }

    @Test
    void refusesToStartWithAnotherPassphrase() throws IOException {
        Files.writeString(directory.resolve("passphrase"), "another");

        refuses(issuer(), "ca.issuer.key-stores", "one.p12");
    }

    @Test
    void refusesToStartWithoutThePassphraseFile() throws IOException {
        Files.delete(directory.resolve("passphrase"));

        refuses(issuer(), "ca.issuer.passphrase-file", "cannot be read");
    }

    @Test
    void refusesToStartWithAKeyStoreThatIsNone() throws IOException {
        Path file = directory.resolve("garbage.p12");
        Files.writeString(file, "garbage");
        settings.put("ca.issuer.key-stores", file.toString());

        assertThatThrownBy(() -> new SigningKeys(TestSettings.with(settings), clock))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("ca.issuer.key-stores")
                .hasMessageContaining("garbage.p12");
    }

    @ParameterizedTest
    @CsvSource({
        "devices.example, devices.example, true",
        "devices.example, example, true",
        ", , true",
        "devices.example, , false",
        ", devices.example, false",
        "devices.example, other.example, false",
        "devices.example, sub.devices.example, false"
    })
    void startsOnlyWhenAccessDomainAndConstraintAgree(
            String domain, String constraint, boolean starts) {
        TestIssuer issuer = issuer().permitting("10.0.0.0/8");
        if (constraint != null) {
            issuer.named(constraint);
        }
        if (domain != null) {
            settings.put("ca.access-domain", domain);
        }

        if (starts) {
            assertThat(read(issuer).isWorking()).isTrue();
        } else {
            refuses(issuer, "ca.access-domain", "disagrees");
        }
    }

    private void refuses(TestIssuer issuer, String setting, String why) {
        assertThatThrownBy(() -> read(issuer))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(why)
                .hasMessageNotContaining(TestIssuer.PASSPHRASE);
    }

    @Test
    void showsNoKeyInText() {
        Issuer issuer = issuer().build().issuer();

        assertThat(issuer).hasToString("Issuer[O=Posthouse tests,CN=Test issuing CA]");
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
