package dev.posthouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.door.ObservedAddress;
import dev.posthouse.common.x509.CsrRules;
import dev.posthouse.common.x509.InvalidCsr;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every setting is documented; one that cannot work is named. */
final class SettingsTest {

    private static final String SESSION = "0123456789abcdef";

    @TempDir Path directory;

    @Test
    void standInTheReadmeWithTheirDefaults() {
        SettingsTable.check(Path.of("README.md"), "proxy", ProxyConfig.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.repository-url",
                "proxy.ca-url",
                "proxy.access-key",
                "proxy.name-key"
            })
    void nameWhatIsMissing(String name) {
        assertThatThrownBy(() -> ProxySettings.of(name, "")).hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({
        "proxy.mode, wlan",
        "proxy.forwarded-header, via",
        "proxy.repository-url, 'https://a b'",
        "proxy.ca-url, '::'",
        "proxy.csr.extensions, copy",
        "proxy.access-url.lifetime, 0s",
        "proxy.access-url.lifetime, tomorrow",
        "proxy.trust-domain, 'a/b'",
        "proxy.lead.min, -1s",
        "proxy.lead.max, 2d",
        "proxy.lead.initial, -1s",
        "proxy.worker.concurrency, 0",
        "proxy.worker.concurrency, 1000000",
        "proxy.worker.concurrency, many",
        "proxy.worker.lease, 0s",
        "proxy.worker.tick, 0s",
        "proxy.backoff.first, 0s",
        "proxy.backoff.cap, 0s",
        "proxy.purge-every, 0s",
        "proxy.body-timeout, 0s",
        "proxy.limits.requests-per-address, -1",
        "proxy.limits.requests-per-network, -1",
        "proxy.limits.open-sessions, -1",
        "proxy.limits.admission, -1",
        "proxy.limits.admission-wait, -1s",
    })
    void nameWhatCannotWork(String name, String value) {
        assertThatThrownBy(() -> Bounds.check(ProxySettings.of(name, value)))
                .hasMessageContaining(name);
    }

    @Test
    void takeTheFormsOfTheDocumentation() {
        ProxyConfig settings =
                ProxySettings.of(
                        "proxy.mode", "wan",
                        "proxy.forwarded-header", "x-forwarded-for",
                        "proxy.trusted-proxies", "10.0.0.1,fd00::/64",
                        "proxy.access-url.lifetime", "90m",
                        "proxy.limits.admission", "0");

        assertThat(settings.mode()).isEqualTo(ProxyConfig.Mode.WAN);
        assertThat(settings.forwardedHeader()).isEqualTo(ObservedAddress.Header.X_FORWARDED_FOR);
        assertThat(settings.trustedProxies())
                .hasValueSatisfying(list -> {
                    assertThat(list).containsExactly("10.0.0.1", "fd00::/64");
                });
        assertThat(settings.accessUrl().lifetime()).hasMinutes(90);
    }

    @Test
    void nameATrustedProxyThatIsNoRange() {
        ProxyConfig settings = ProxySettings.of("proxy.trusted-proxies", "10.0.0.1/8");

        assertThatThrownBy(() -> ProxyDoors.observed(settings))
                .hasMessageStartingWith("proxy.trusted-proxies: ");
    }

    @Test
    void refuseTheKeysOfTheBlocklist() throws IOException, GeneralSecurityException {
        CsrMaker maker = CsrMaker.p256();
        byte[] spki = maker.keyPair().getPublic().getEncoded();
        String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(spki));
        Path list = directory.resolve("blocked.keys");
        Files.writeString(list, "# stolen\n" + hash + "\n");

        CsrRules rules = rules("proxy.csr.blocked-keys", list.toString());

        assertThatThrownBy(() -> check(rules, maker.csr(SESSION, "10.0.0.1")))
                .isInstanceOfSatisfying(
                        InvalidCsr.class,
                        refused -> assertThat(refused.code()).isEqualTo("csr.key.blocked"));
        assertThatCode(() -> check(rules, CsrMaker.p256().csr(SESSION, "10.0.0.1")))
                .doesNotThrowAnyException();
    }

    @Test
    void nameABlocklistThatCannotBeRead() throws IOException {
        String missing = directory.resolve("none").toString();
        Path garbage = Files.writeString(directory.resolve("garbage"), "not a hash");

        assertThatThrownBy(() -> rules("proxy.csr.blocked-keys", missing))
                .hasMessageStartingWith("proxy.csr.blocked-keys: ");
        assertThatThrownBy(() -> rules("proxy.csr.blocked-keys", garbage.toString()))
                .hasMessageStartingWith("proxy.csr.blocked-keys: ");
    }

    @Test
    void decideAboutEd25519LoopbackAndLinkLocal() {
        String ed25519 = CsrMaker.ed25519().csr(SESSION, "10.0.0.1");
        String loopback = CsrMaker.p256().csr(SESSION, "127.0.0.1");
        String linkLocal = CsrMaker.p256().csr(SESSION, "169.254.7.7");

        assertThatCode(() -> check(rules(), ed25519)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(rules("proxy.csr.ed25519", "false"), ed25519)).isNotNull();
        assertThatThrownBy(() -> check(rules(), loopback)).isNotNull();
        assertThatCode(() -> check(rules("proxy.addresses.allow-loopback", "true"), loopback))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check(rules(), linkLocal)).isNotNull();
        assertThatCode(() -> check(rules("proxy.addresses.allow-link-local", "true"), linkLocal))
                .doesNotThrowAnyException();
    }

    private static CsrRules rules(String... settings) {
        return new ProxyBeans().csrRules(ProxySettings.of(settings));
    }

    private static void check(CsrRules rules, String csr) {
        rules.check(csr, new SessionName(SESSION));
    }
}
