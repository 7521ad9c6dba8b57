package dev.posthouse.common.mtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.TestPki;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 1: what gives a role, and what does not. */
final class PeerIdentityTest {

    private static final TestPki PKI = new TestPki();

    private static Optional<String> role(TestPki.Leaf leaf) {
        return PeerIdentity.of(leaf.build().certificate(), "posthouse.local")
                .map(PeerIdentity::role);
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://posthouse.local/proxy-service, proxy",
        "spiffe://posthouse.local/ca-service, ca",
        "spiffe://posthouse.local/repository-service, repository",
        "spiffe://posthouse.local/operator/ada, operator",
        "spiffe://posthouse.local/operator/ada.l-1, operator",
        "spiffe://posthouse.local/ymp-application, ymp-application",
        "spiffe://posthouse.local/ymp-application/mail, ymp-application",
    })
    void readsTheRoleFromTheUri(String uri, String role) {
        assertThat(role(PKI.leaf("anybody").dns("localhost").uri(uri))).contains(role);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://elsewhere.example/ca-service",
                "spiffe://posthouse.local.elsewhere.example/ca-service",
                "spiffe://posthouse.local:443/ca-service",
                "spiffe://ca@posthouse.local/ca-service",
                "spiffe://POSTHOUSE.LOCAL/ca-service",
                "https://posthouse.local/ca-service",
                "spiffe://posthouse.local/ca-service/",
                "spiffe://posthouse.local//ca-service",
                "spiffe://posthouse.local/CA-SERVICE",
                "spiffe://posthouse.local/ca%2Dservice",
                "spiffe://posthouse.local/ca-service?a=b",
                "spiffe://posthouse.local/ca-service#a",
                "spiffe://posthouse.local/ca",
                "spiffe://posthouse.local/",
                "spiffe://posthouse.local",
                "spiffe:/ca-service",
                "spiffe:ca-service",
                "spiffe://posthouse.local/operator",
                "spiffe://posthouse.local/operator/",
                "spiffe://posthouse.local/operator/a/b",
                "spiffe://posthouse.local/ymp-application/",
                "spiffe://posthouse.local/ymp-application/a/b",
                "spiffe://posthouse.local/operator/..%2Fa",
                "no uri at all",
            })
    void givesNoRoleForAnythingElse(String uri) {
        assertThat(role(PKI.leaf("ca-service").uri(uri))).isEmpty();
    }

    @Test
    void givesNoRoleForTheCommonNameOrADnsName() {
        assertThat(role(PKI.leaf("ca-service").dns("ca-service"))).isEmpty();
        assertThat(PeerIdentity.of(PKI.certificate(), "posthouse.local")).isEmpty();
    }

    @Test
    void givesNoRoleToACertificateWithTwoUris() {
        assertThat(
                        role(
                                PKI.leaf("x")
                                        .uri("spiffe://posthouse.local/proxy-service")
                                        .uri("spiffe://posthouse.local/ca-service")))
                .isEmpty();
    }
}
