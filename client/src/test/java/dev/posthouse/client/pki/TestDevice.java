package dev.posthouse.client.pki;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** Signs device certificates the way the CA does, good ones and bad ones. */
public record TestDevice(String commonName, List<String> addresses, List<String> dnsNames) {

    public static TestDevice at(String... addresses) {
        return new TestDevice("a-session-name-of-a-test", List.of(addresses), List.of());
    }

    public TestDevice named(String... dnsNames) {
        return new TestDevice(commonName, addresses, List.of(dnsNames));
    }

    public TestDevice session(String name) {
        return new TestDevice(name, addresses, dnsNames);
    }

    public X509Certificate issue(Authority issuer, PublicKey key, Clock clock) {
        return issue(issuer, key, Duration.ofDays(14), clock);
    }

    public X509Certificate issue(Authority issuer, PublicKey key, Duration lifetime, Clock clock) {
        List<GeneralName> names = new ArrayList<>();
        addresses.forEach(ip -> names.add(new GeneralName(GeneralName.iPAddress, ip)));
        dnsNames.forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns)));
        Draft draft =
                Draft.issuedBy(issuer, Names.of(commonName), Validity.from(clock, lifetime), key)
                        .endEntity()
                        .purposes(KeyPurposeId.id_kp_serverAuth);
        if (!names.isEmpty()) {
            GeneralNames all = new GeneralNames(names.toArray(GeneralName[]::new));
            draft.add(Extension.subjectAlternativeName, false, all);
        }
        return draft.sign(issuer.key());
    }

    /** What nobody may get through a CSR: a certificate that signs others. */
    public static X509Certificate ca(Authority issuer, PublicKey key, Clock clock) {
        Validity validity = Validity.from(clock, Duration.ofDays(1));
        return Draft.issuedBy(issuer, Names.of("a CA"), validity, key)
                .authority(0)
                .sign(issuer.key());
    }
}
