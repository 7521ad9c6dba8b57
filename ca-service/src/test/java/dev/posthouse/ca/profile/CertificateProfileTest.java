package dev.posthouse.ca.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.ca.CaConfig;
import dev.posthouse.ca.CaException.IssuanceRefused;
import dev.posthouse.ca.key.TestIssuer;
import dev.posthouse.ca.key.TestSigningKeys;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a certificate is drafted for, and for how long (certificates, section 10). */
final class CertificateProfileTest {

    private final FakeClock clock = new FakeClock(Drafts.NOW.plusMillis(789));
    private final CsrMaker maker = CsrMaker.p256();

    private CertificateProfile profile(TestIssuer issuer, String... settings) {
        CaConfig config = Drafts.settings(settings);
        return new CertificateProfile(
                config, TestSigningKeys.of(clock, issuer.build().issuer()), clock);
    }

    private static TestIssuer issuer() {
        return Drafts.issuer(TestIssuer.p256());
    }

    @Test
    void lastsTwoWeeksAndBeganHalfAnHourAgo() {
        Draft draft = profile(issuer()).draft(Drafts.requester(maker));

        assertThat(draft.notBefore()).isEqualTo(Drafts.NOW.minus(Duration.ofMinutes(30)));
        assertThat(draft.notAfter()).isEqualTo(Drafts.NOW.plus(Duration.ofDays(14)));
    }

    @Test
    void lastsAsLongAsTheSettingSays() {
        Draft draft =
                profile(issuer(), "ca.profile.lifetime", "397d", "ca.profile.skew", "0s")
                        .draft(Drafts.requester(maker));

        assertThat(draft.notBefore()).isEqualTo(Drafts.NOW);
        assertThat(draft.notAfter()).isEqualTo(Drafts.NOW.plus(Duration.ofDays(397)));
    }

    @Test
    void endsNoLaterThanItsIssuer() {
        TestIssuer ending =
                TestIssuer.p256().from(Drafts.NOW.minus(Duration.ofDays(1)), Duration.ofDays(3));

        Draft draft = profile(ending).draft(Drafts.requester(maker));

        assertThat(draft.notAfter()).isEqualTo(Drafts.NOW.plus(Duration.ofDays(2)));
    }

    @Test
    void drawsAnotherSerialEachTime() {
        CertificateProfile profile = profile(issuer());

        assertThat(profile.draft(Drafts.requester(maker)).serialNumber())
                .isNotEqualTo(profile.draft(Drafts.requester(maker)).serialNumber());
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.7, 203.0.113.7, true",
        "192.168.1.7, 198.51.100.7, false",
        "172.16.0.1, 203.0.113.7, false",
        "192.168.1.7, 2001:db8::1, false"
    })
    void refusesWhatTheIssuersConstraintsExclude(String client, String wan, boolean permitted) {
        CertificateProfile profile =
                profile(issuer().permitting("192.168.0.0/16", "203.0.113.0/24"));
        Requester requester = Drafts.requester(maker, client, wan);

        if (permitted) {
            profile.requirePermitted(requester);
            assertThat(profile.draft(requester).requester()).isEqualTo(requester);
        } else {
            assertThatThrownBy(() -> profile.requirePermitted(requester))
                    .isInstanceOfSatisfying(
                            IssuanceRefused.class,
                            refused ->
                                    assertThat(refused.code())
                                            .isEqualTo("address.outside-constraints"));
            assertThatThrownBy(() -> profile.draft(requester)).isInstanceOf(IssuanceRefused.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ca.profile.lifetime, 23h",
        "ca.profile.lifetime, 398d",
        "ca.profile.lifetime, -1d",
        "ca.profile.skew, -1s",
        "ca.profile.skew, 25h"
    })
    void refusesToStartWithASettingOutOfRange(String setting, String value) {
        assertThatThrownBy(() -> profile(issuer(), setting, value))
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith(setting + ": must be from");
    }
}
