package dev.posthouse.client.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.client.file.Pkcs12;
import dev.posthouse.common.net.IpAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Authority CA = ServicesCa.create(ServicesCa.NAME, CLOCK);

    @Test
    void aServiceCallsAndIsCalledByItsNamesAndAddresses() throws Exception {
        Identity identity =
                Identity.service(
                        "site.example",
                        "ca-service",
                        List.of("ca.site.example"),
                        List.of(IpAddress.parse("10.1.2.3")));

        Pkcs12 made = identity.create(CA, Identity.LIFETIME, CLOCK);

        X509Certificate leaf = made.chain().getFirst();
        assertThat(leaf.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(6, "spiffe://site.example/ca-service"),
                        List.of(2, "ca.site.example"),
                        List.of(7, "10.1.2.3"));
        assertThat(leaf.getExtendedKeyUsage())
                .containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(Duration.between(CLOCK.instant(), leaf.getNotAfter().toInstant()))
                .isBetween(Duration.ofDays(396), Duration.ofDays(397));
        assertThat(made.chain()).hasSize(2).endsWith(CA.certificate());
        assertThat(JavaPath.verifies(CA, CA, leaf)).isTrue();
    }

    @Test
    void anApplicationIsNamedAsSuch() {
        assertThat(Identity.ympApplication("posthouse.local", "shop"))
                .isEqualTo(
                        new Identity(
                                "shop",
                                "spiffe://posthouse.local/ymp-application/shop",
                                List.of(),
                                List.of(),
                                false));
    }

    @Test
    void anOperatorOnlyCalls() throws Exception {
        X509Certificate leaf =
                Identity.operator("posthouse.local", "ada")
                        .create(CA, Duration.ofHours(1), CLOCK)
                        .chain()
                        .getFirst();

        assertThat(leaf.getSubjectAlternativeNames())
                .containsExactly(List.of(6, "spiffe://posthouse.local/operator/ada"));
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        leaf.verify(CA.certificate().getPublicKey());
    }

    @Test
    void anIdentityDoesNotOutliveItsCa() {
        X509Certificate leaf =
                Identity.operator("posthouse.local", "ada")
                        .create(CA, Duration.ofDays(365 * 11), CLOCK)
                        .chain()
                        .getFirst();

        assertThat(leaf.getNotAfter()).isEqualTo(CA.certificate().getNotAfter());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a b", "", "ä", "a\nb", "a?b", "operator/../ca-service"})
    void aNameThatDoesNotBelongInAUriIsRefused(String name) {
        assertThatThrownBy(() -> Identity.operator("posthouse.local", name))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
