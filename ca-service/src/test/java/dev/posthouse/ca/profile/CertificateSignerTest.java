package dev.posthouse.ca.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.ca.CaConfig;
import dev.posthouse.ca.key.SigningKeys;
import dev.posthouse.ca.key.TestIssuer;
import dev.posthouse.ca.key.TestSigningKeys;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.FakeClock;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed, as certificates, section 10 has it; openssl judges the rest in the flow test. */
final class CertificateSignerTest {

    private final TestIssuer.Built issuer = Drafts.issuer(TestIssuer.p256()).build();

    private static CertificateSigner signer(TestIssuer.Built issuer, String... settings) {
        return signer(TestSigningKeys.of(new FakeClock(Drafts.NOW), issuer.issuer()), settings);
    }

    private static CertificateSigner signer(SigningKeys keys, String... settings) {
        CaConfig config = Drafts.settings(settings);
        return new CertificateSigner(
                new ProfileExtensions(config),
                new CertificateLint(new ExtensionLint(config)),
                keys);
    }

    private X509CertificateHolder sign(CsrMaker maker, String... settings)
            throws GeneralSecurityException {
        return signer(issuer, settings).sign(Drafts.draft(issuer, maker));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256", "p384", "rsa"})
    void signsWithEveryKindOfIssuingKey(String kind) throws Exception {
        TestIssuer of =
                switch (kind) {
                    case "p384" -> TestIssuer.p384();
                    case "rsa" -> TestIssuer.rsa(3072);
                    default -> TestIssuer.p256();
                };
        TestIssuer.Built built = Drafts.issuer(of).build();

        X509CertificateHolder certificate =
                signer(built).sign(Drafts.draft(built, CsrMaker.p256()));

        assertThat(certificate.getSignatureAlgorithm().getAlgorithm().getId())
                .isEqualTo(
                        switch (kind) {
                            case "p384" -> "1.2.840.10045.4.3.3";
                            case "rsa" -> "1.2.840.113549.1.1.11";
                            default -> "1.2.840.10045.4.3.2";
                        });
    }

    @Test
    void leavesOutWhatIsNotSet() throws Exception {
        Extensions extensions = sign(CsrMaker.p256()).getExtensions();

        assertThat(extensions.getExtensionOIDs())
                .containsExactlyInAnyOrder(
                        Extension.basicConstraints,
                        Extension.keyUsage,
                        Extension.extendedKeyUsage,
                        Extension.subjectAlternativeName,
                        Extension.subjectKeyIdentifier,
                        Extension.authorityKeyIdentifier);
        assertThat(
                        GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName)
                                .getNames())
                .hasSize(2)
                .allMatch(name -> name.getTagNo() == GeneralName.iPAddress);
    }

    @Test
    void namesIssuerUrlAndPolicyWhenTheyAreSet() throws Exception {
        Extensions extensions =
                sign(
                                CsrMaker.p256(),
                                "ca.issuer-url",
                                "http://pki.example/issuing.crt",
                                "ca.profile.policy",
                                "1.3.6.1.4.1.99999.7")
                        .getExtensions();

        assertThat(
                        AuthorityInformationAccess.fromExtensions(extensions)
                                .getAccessDescriptions()[0]
                                .getAccessLocation()
                                .getName()
                                .toString())
                .isEqualTo("http://pki.example/issuing.crt");
        assertThat(
                        CertificatePolicies.fromExtensions(extensions)
                                .getPolicyInformation()[0]
                                .getPolicyIdentifier()
                                .getId())
                .isEqualTo("1.3.6.1.4.1.99999.7");
    }

    @Test
    void refusesToStartWithAPolicyThatIsNoOid() {
        assertThatThrownBy(() -> signer(issuer, "ca.profile.policy", "my policy"))
                .hasMessageStartingWith("ca.profile.policy: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Devices.example",
                "devices.example.",
                "-x.example",
                "a..b",
                "*.example",
                "x y"
            })
    void refusesToStartWithAnAccessDomainThatIsNone(String domain) {
        assertThatThrownBy(() -> signer(issuer, "ca.access-domain", domain))
                .hasMessageStartingWith("ca.access-domain: ");
    }

    @Test
    void allowsKeyEnciphermentForRsaKeysOnlyAndOnlyWhenSet() throws Exception {
        String[] on = {"ca.profile.rsa-key-encipherment", "true"};
        KeyUsage signature = new KeyUsage(KeyUsage.digitalSignature);
        KeyUsage both = new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment);

        assertThat(usage(sign(CsrMaker.rsa2048()))).isEqualTo(signature);
        assertThat(usage(sign(CsrMaker.rsa2048(), on))).isEqualTo(both);
        assertThat(usage(sign(CsrMaker.p256(), on))).isEqualTo(signature);
    }

    private static KeyUsage usage(X509CertificateHolder certificate) {
        return KeyUsage.fromExtensions(certificate.getExtensions());
    }

    @Test
    void namesAnAddressOnceWhenBothAreTheSame() throws Exception {
        CsrMaker maker = CsrMaker.p256();
        Draft draft = Drafts.draft(issuer, maker);
        Draft same =
                new Draft(
                        draft.serialNumber(),
                        Drafts.requester(maker, "203.0.113.7", "203.0.113.7"),
                        draft.notBefore(),
                        draft.notAfter(),
                        draft.issuer());

        X509CertificateHolder certificate = signer(issuer).sign(same);

        assertThat(
                        GeneralNames.fromExtensions(
                                        certificate.getExtensions(),
                                        Extension.subjectAlternativeName)
                                .getNames())
                .hasSize(1);
    }

    @Test
    void letsNoSignatureOutThatDoesNotVerify() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair another = generator.generateKeyPair();
        TestIssuer.Built broken = new TestIssuer.Built(another, issuer.issuing(), issuer.root());
        SigningKeys keys = TestSigningKeys.of(new FakeClock(Drafts.NOW), broken.issuer());

        assertThatThrownBy(() -> signer(keys).sign(Drafts.draft(broken, CsrMaker.p256())))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("the signature does not verify");
        assertThat(TestSigningKeys.isWorking(keys)).isFalse();
    }
}
