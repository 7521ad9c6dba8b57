package dev.posthouse.ca.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.ca.CaConfig;
import dev.posthouse.ca.key.TestIssuer;
import dev.posthouse.testing.CsrMaker;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One broken certificate per row of certificates, section 10: none of them gets out. */
final class CertificateLintTest {

    private static final CsrMaker KEY = CsrMaker.p256();
    private static final TestIssuer.Built ISSUER =
            Drafts.issuer(TestIssuer.p256())
                    .permitting("192.168.0.0/16", "203.0.113.0/24")
                    .named("devices.example")
                    .build();
    private static final Draft DRAFT = Drafts.draft(ISSUER, KEY);
    private static final CaConfig SETTINGS =
            Drafts.settings(
                    "ca.access-domain", "devices.example",
                    "ca.issuer-url", "http://pki.example/issuing.crt",
                    "ca.profile.policy", "1.3.6.1.4.1.99999.7");

    private final CertificateLint lint = new CertificateLint(new ExtensionLint(SETTINGS));

    @Test
    void letsAGoodCertificatePass() {
        assertThat(lint.check(new Odd().der(), DRAFT).getSerialNumber())
                .isEqualTo(DRAFT.serialNumber().value());
    }

    @ParameterizedTest
    @MethodSource
    void letsNoBrokenRowPass(String finding, Consumer<Odd> breaks) {
        Odd certificate = new Odd();
        breaks.accept(certificate);

        assertThatThrownBy(() -> lint.check(certificate.der(), DRAFT))
                .isInstanceOf(LintFinding.class)
                .hasMessageStartingWith("lint: " + finding);
    }

    static List<Arguments> letsNoBrokenRowPass() {
        return List.of(
                row("version", Odd::oldVersion),
                row("readable", c -> c.version = 1),
                row("serial number", c -> c.serial = BigInteger.ZERO),
                row("serial number", c -> c.serial = BigInteger.ONE.negate()),
                row("serial number", c -> c.serial = BigInteger.ONE.shiftLeft(159)),
                row("reserved serial number", c -> c.serial = c.serial.add(BigInteger.ONE)),
                row("signature algorithm", c -> c.inner = algorithm("SHA384WITHECDSA")),
                row("signature algorithm", c -> c.outer = algorithm("SHA384WITHECDSA")),
                row("signature algorithm", c -> c.inner = c.outer = algorithm("SHA1WITHECDSA")),
                row("issuer", c -> c.issuer = new X500Name("CN=Test issuing CA,O=Posthouse tests")),
                row("issuer", c -> c.issuer = new X500Name("CN=Another")),
                row("subject is one CN", c -> c.subject = new X500Name("")),
                row("subject is one CN", c -> c.subject = new X500Name("O=" + name())),
                row("subject is one CN", c -> c.subject = new X500Name("O=x,CN=" + name())),
                row("subject is one CN", c -> c.subject = new X500Name("O=x+CN=" + name())),
                row("subject string type", c -> c.subject = cn(new DERBMPString(name()))),
                row("subject is the session", c -> c.subject = cn(new DERUTF8String("other"))),
                row("notBefore", c -> c.notBefore = c.notBefore.minusSeconds(1)),
                row("notAfter", c -> c.notAfter = c.notAfter.plusSeconds(1)),
                row(
                        "subjectPublicKeyInfo",
                        c -> c.key = CsrMaker.p256().keyPair().getPublic().getEncoded()),
                row("unique identifiers", c -> c.unique = true),
                row("readable", c -> c.cut = 40),
                row("readable", c -> c.extra = 1),
                row("strict DER", c -> c.indefinite = true),
                row("readable", c -> c.twice = Extension.subjectAlternativeName),
                row("extensions", c -> c.extensions.clear()),
                without(Extension.basicConstraints),
                without(Extension.keyUsage),
                without(Extension.extendedKeyUsage),
                without(Extension.subjectAlternativeName),
                without(Extension.subjectKeyIdentifier),
                without(Extension.authorityKeyIdentifier),
                without(Extension.authorityInfoAccess),
                without(Extension.certificatePolicies),
                with("extensions", Extension.issuerAlternativeName, false, names(dns("a.example"))),
                with("criticality", Extension.basicConstraints, false, new BasicConstraints(false)),
                with("criticality", Extension.keyUsage, false, usage(KeyUsage.digitalSignature)),
                with("criticality", Extension.subjectAlternativeName, true, goodNames()),
                with(
                        "basicConstraints",
                        Extension.basicConstraints,
                        true,
                        new BasicConstraints(true)),
                with("basicConstraints", Extension.basicConstraints, true, new BasicConstraints(0)),
                with("keyUsage", Extension.keyUsage, true, usage(KeyUsage.keyCertSign)),
                with(
                        "keyUsage",
                        Extension.keyUsage,
                        true,
                        usage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)),
                with(
                        "extKeyUsage",
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)),
                with(
                        "extKeyUsage",
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage)),
                with("SAN: client_addr", names(ip("203.0.113.7"), dns(accessName()))),
                with("SAN: wan_addr", names(ip("192.168.1.7"), dns(accessName()))),
                with(
                        "SAN: AccessName",
                        names(ip("192.168.1.7"), ip("203.0.113.7"), dns("a.devices.example"))),
                with(
                        "SAN: nothing else",
                        names(
                                ip("192.168.1.7"),
                                ip("203.0.113.7"),
                                dns(accessName()),
                                dns("example.org"))),
                with(
                        "SAN: nothing else",
                        names(
                                ip("192.168.1.7"),
                                ip("203.0.113.7"),
                                ip("10.0.0.1"),
                                dns(accessName()))),
                with(
                        "subjectKeyIdentifier",
                        Extension.subjectKeyIdentifier,
                        false,
                        new SubjectKeyIdentifier(new byte[20])),
                with(
                        "authorityKeyIdentifier",
                        Extension.authorityKeyIdentifier,
                        false,
                        new AuthorityKeyIdentifier(new byte[20])),
                with(
                        "authorityInfoAccess",
                        Extension.authorityInfoAccess,
                        false,
                        new DERSequence(
                                new DERSequence(
                                        new ASN1Encodable[] {
                                            new ASN1ObjectIdentifier("1.3.6.1.5.5.7.48.2"),
                                            new GeneralName(6, "http://evil.example")
                                        }))),
                with(
                        "certificatePolicies",
                        Extension.certificatePolicies,
                        false,
                        new DERSequence(new DERSequence(new ASN1ObjectIdentifier("2.5.29.32.0")))));
    }

    @Test
    void letsNoCertificateOutliveItsIssuerOr397Days() {
        Instant late = Drafts.NOW.plus(Duration.ofDays(1200));
        Draft beyond = until(DRAFT, late);
        Draft tooLong = until(DRAFT, Drafts.NOW.plus(Duration.ofDays(399)));

        finds("validity", late, beyond);
        finds("validity", tooLong.notAfter(), tooLong);
        TestIssuer.Built ending = TestIssuer.p256().from(Drafts.NOW, Duration.ofDays(1)).build();
        Draft outlives = until(Drafts.draft(ending, KEY), Drafts.NOW.plus(Duration.ofDays(2)));
        Odd odd = new Odd();
        odd.notAfter = outlives.notAfter();
        odd.extensions.put(
                Extension.authorityKeyIdentifier,
                extension(
                        Extension.authorityKeyIdentifier,
                        false,
                        new AuthorityKeyIdentifier(
                                outlives.issuer().keyIdentifier().getKeyIdentifier())));
        assertThatThrownBy(() -> lint.check(odd.der(), outlives))
                .hasMessage("lint: issuer's notAfter");
    }

    private void finds(String finding, Instant notAfter, Draft draft) {
        Odd odd = new Odd();
        odd.notAfter = notAfter;
        assertThatThrownBy(() -> lint.check(odd.der(), draft)).hasMessage("lint: " + finding);
    }

    private static Draft until(Draft draft, Instant notAfter) {
        return new Draft(
                draft.serialNumber(),
                draft.requester(),
                draft.notBefore(),
                notAfter,
                draft.issuer());
    }

    private static Arguments row(String finding, Consumer<Odd> breaks) {
        return Arguments.of(finding, breaks);
    }

    private static Arguments without(ASN1ObjectIdentifier oid) {
        return row("extensions", c -> c.extensions.remove(oid));
    }

    private static Arguments with(
            String finding, ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        return row(finding, c -> c.extensions.put(oid, extension(oid, critical, value)));
    }

    private static Arguments with(String finding, GeneralNames names) {
        return with(finding, Extension.subjectAlternativeName, false, names);
    }

    private static ASN1Encodable extension(
            ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            return new Extension(oid, critical, new DEROctetString(value));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String name() {
        return Drafts.NAME.value();
    }

    private static String accessName() {
        return AccessName.of(Drafts.JTI, "devices.example").value();
    }

    private static X500Name cn(ASN1Encodable value) {
        return new X500NameBuilder().addRDN(BCStyle.CN, value).build();
    }

    private static KeyUsage usage(int bits) {
        return new KeyUsage(bits);
    }

    private static GeneralName ip(String address) {
        return new GeneralName(GeneralName.iPAddress, address);
    }

    private static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    private static GeneralNames names(GeneralName... names) {
        return new GeneralNames(names);
    }

    private static GeneralNames goodNames() {
        return names(ip("192.168.1.7"), ip("203.0.113.7"), dns(accessName()));
    }

    private static AlgorithmIdentifier algorithm(String name) {
        return new DefaultSignatureAlgorithmIdentifierFinder().find(name);
    }

    /** A certificate, byte for byte by hand: good, until a test breaks something. */
    static final class Odd {
        private final Map<ASN1ObjectIdentifier, ASN1Encodable> extensions = new LinkedHashMap<>();
        private int version = 2;
        private BigInteger serial = DRAFT.serialNumber().value();
        private AlgorithmIdentifier inner = DRAFT.issuer().algorithm();
        private AlgorithmIdentifier outer = DRAFT.issuer().algorithm();
        private X500Name issuer = DRAFT.issuer().subject();
        private X500Name subject = cn(new DERUTF8String(name()));
        private Instant notBefore = DRAFT.notBefore();
        private Instant notAfter = DRAFT.notAfter();
        private byte[] key = KEY.keyPair().getPublic().getEncoded();
        private boolean unique;
        private int cut;
        private int extra;
        private boolean indefinite;
        private ASN1ObjectIdentifier twice;

        Odd() {
            for (ASN1ObjectIdentifier oid :
                    new ProfileExtensions(SETTINGS).of(DRAFT).getExtensionOIDs()) {
                extensions.put(oid, new ProfileExtensions(SETTINGS).of(DRAFT).getExtension(oid));
            }
        }

        /** A version that knows no extensions. */
        void oldVersion() {
            version = 0;
            extensions.clear();
        }

        byte[] der() {
            try {
                byte[] body = body().getEncoded("DER");
                ASN1EncodableVector parts = new ASN1EncodableVector();
                parts.add(body());
                parts.add(outer);
                parts.add(new DERBitString(DRAFT.issuer().sign(body)));
                byte[] der =
                        indefinite
                                ? new BERSequence(parts).getEncoded()
                                : new DERSequence(parts).getEncoded("DER");
                return Arrays.copyOf(der, der.length - cut + extra);
            } catch (IOException | GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private DERSequence body() {
            ASN1EncodableVector body = new ASN1EncodableVector();
            if (version > 0) {
                body.add(new DERTaggedObject(true, 0, new ASN1Integer(version)));
            }
            body.add(new ASN1Integer(serial));
            body.add(inner);
            body.add(issuer);
            body.add(new DERSequence(new ASN1Encodable[] {time(notBefore), time(notAfter)}));
            body.add(subject);
            body.add(SubjectPublicKeyInfo.getInstance(key));
            if (unique) {
                body.add(new DERTaggedObject(false, 1, new DERBitString(new byte[] {1})));
            }
            List<ASN1Encodable> all = new ArrayList<>(extensions.values());
            if (twice != null) {
                all.add(extensions.get(twice));
            }
            if (all.isEmpty()) {
                return new DERSequence(body);
            }
            body.add(
                    new DERTaggedObject(
                            true, 3, new DERSequence(all.toArray(ASN1Encodable[]::new))));
            return new DERSequence(body);
        }

        private static Time time(Instant at) {
            return new Time(Date.from(at));
        }
    }
}
