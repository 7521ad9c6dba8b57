package dev.posthouse.client.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RootCaTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @Test
    void aRootIsAP384AuthorityForTwentyYearsThatSignsIssuingCasOnly() {
        X509Certificate root = RootCa.create("Example root", CLOCK).certificate();

        ECPublicKey key = (ECPublicKey) root.getPublicKey();
        assertThat(key.getParams().getCurve().getField().getFieldSize()).isEqualTo(384);
        assertThat(root.getSigAlgName()).isEqualTo("SHA384withECDSA");
        assertThat(root.getBasicConstraints()).isEqualTo(1);
        assertThat(root.getKeyUsage())
                .containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(root.getCriticalExtensionOIDs())
                .containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
        assertThat(root.getNotBefore()).isEqualTo(Instant.parse("2026-11-22T09:30:00Z"));
        assertThat(root.getNotAfter()).isEqualTo(Instant.parse("2046-11-22T10:00:00Z"));
        assertThat(root.getSubjectX500Principal().getName()).matches("CN=Example root [0-9a-f]{8}");
        assertThat(root.getIssuerX500Principal()).isEqualTo(root.getSubjectX500Principal());
    }

    @Test
    void theServiceCaSignsEndEntitiesOnlyForTenYears() {
        X509Certificate ca = ServicesCa.create(ServicesCa.NAME, CLOCK).certificate();

        assertThat(ca.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(ca.getBasicConstraints()).isZero();
        assertThat(ca.getNotAfter()).isEqualTo(Instant.parse("2036-11-22T10:00:00Z"));
    }

    @Test
    void anAuthorityDoesNotPrintItsKey() {
        Authority root = RootCa.create("Example root", CLOCK);

        assertThat(root.toString()).startsWith("Authority[CN=Example root").doesNotContain("key");
    }

    @Test
    void serialsArePositiveAndDifferEachTime() {
        var one = RootCa.create("Example root", CLOCK).certificate().getSerialNumber();
        var other = RootCa.create("Example root", CLOCK).certificate().getSerialNumber();

        assertThat(one).isPositive().isNotEqualTo(other);
        assertThat(one.bitLength()).isEqualTo(159);
    }
}
