package dev.posthouse.proxy.csr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.net.AddressRules;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.Csr;
import dev.posthouse.common.x509.CsrPolicy;
import dev.posthouse.common.x509.CsrRules;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.proxy.ProxyConfig;
import dev.posthouse.proxy.ProxySettings;
import dev.posthouse.proxy.address.ClientAddresses;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestAccessUrls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, sections 5 (rule 8) and 6: what a session claims for itself. */
final class DraftsTest {

    private static final String SESSION = "0123456789abcdef";
    private static final IpAddress CLIENT = IpAddress.parse("10.0.0.7");
    private static final IpAddress WAN = IpAddress.parse("8.8.8.8");

    @TempDir Path directory;

    @BeforeEach
    void writeKeys() throws IOException {
        TestAccessUrls.shared("unused");
        Files.writeString(directory.resolve("name.key"), "0123456789abcdef0123456789abcdef");
    }

    private Draft draft(String csr, String... more) {
        String[] settings = new String[more.length + 4];
        settings[0] = "proxy.access-key";
        settings[1] = ServiceResource.directory().resolve("access-key.jwk").toString();
        settings[2] = "proxy.name-key";
        settings[3] = directory.resolve("name.key").toString();
        System.arraycopy(more, 0, settings, 4, more.length);
        ProxyConfig config = ProxySettings.of(settings);
        Clock clock = Clock.systemUTC();
        CsrPolicy policy = new CsrPolicy(false, true, new AddressRules(false, false), key -> false);
        Csr checked = new CsrRules(policy).check(csr, new SessionName(SESSION));
        return new Drafts(
                        config,
                        new SessionNameHash(config),
                        new AccessUrlSigner(config, clock),
                        clock)
                .draft(checked, new ClientAddresses.Pair(CLIENT, WAN), WAN);
    }

    @Test
    void claimsNothingInTheLan() {
        Draft.Claims claims = draft(CsrMaker.p256().csr(SESSION, "10.0.0.7")).claims();

        assertThat(claims.open()).isEmpty();
        assertThat(claims.key()).isEmpty();
    }

    @Test
    void claimsThePairOfAddressesInTheWan() {
        Draft draft = draft(CsrMaker.p256().csr(SESSION, "10.0.0.7"), "proxy.mode", "wan");

        assertThat(draft.claims().open()).contains("8.8.8.8|10.0.0.7");
    }

    @Test
    void claimsTheKeyInWhateverEncodingItComes() {
        CsrMaker maker = CsrMaker.p256();
        String one = maker.csr(SESSION, "10.0.0.7");
        String other = maker.csr(SESSION, "10.0.0.8");

        var first = draft(one, "proxy.csr.unique-key", "true").claims().key();
        var second = draft(other, "proxy.csr.unique-key", "true").claims().key();

        assertThat(first).isPresent().isEqualTo(second);
    }

    @Test
    void showsNoSecretAsText() {
        Draft draft = draft(CsrMaker.p256().csr(SESSION, "10.0.0.7"));

        assertThat(draft.toString())
                .doesNotContain(SESSION)
                .doesNotContain(draft.accessUrl().url())
                .doesNotContain(draft.accessUrl().jti());
        assertThat(draft.asSubmission().toString())
                .doesNotContain(draft.accessUrl().url())
                .doesNotContain(draft.accessUrl().jti());
    }
}
