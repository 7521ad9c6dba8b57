package dev.posthouse.client.pki;

import dev.posthouse.client.file.Pkcs12;
import dev.posthouse.common.net.IpAddress;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * Who holds an internal certificate (certificates, section 1): a SPIFFE URI that gives the role,
 * and the names and addresses under which a service is called.
 *
 * @param name the common name, which no verifier reads
 * @param uri {@code spiffe://<trust-domain>/<module>}, {@code …/operator/<name>} or {@code
 *     …/ymp-application/<name>}
 * @param dnsNames names a service is reached by
 * @param addresses addresses a service is reached by
 * @param server whether the holder also serves
 */
public record Identity(
        String name, String uri, List<String> dnsNames, List<IpAddress> addresses, boolean server) {

    /** The trust domain, unless told otherwise. */
    public static final String TRUST_DOMAIN = "posthouse.local";

    /** How long an identity is valid, unless told otherwise. */
    public static final Duration LIFETIME = Duration.ofDays(397);

    /** The name is a file's name too: it has no slash and begins with no dot. */
    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}";

    public Identity {
        dnsNames = List.copyOf(dnsNames);
        addresses = List.copyOf(addresses);
        if (!name.matches(SEGMENT)
                || !uri.matches("spiffe://[a-z0-9._-]{1,255}(/" + SEGMENT + "){1,2}")) {
            throw new IllegalArgumentException(
                    "a name or trust domain has letters that do not belong in a SPIFFE URI: "
                            + uri);
        }
    }

    /** A service, which calls others and is called. */
    public static Identity service(
            String trustDomain, String module, List<String> dnsNames, List<IpAddress> addresses) {
        return new Identity(
                module, "spiffe://" + trustDomain + "/" + module, dnsNames, addresses, true);
    }

    /** An operator, who only calls. */
    public static Identity operator(String trustDomain, String name) {
        String uri = "spiffe://" + trustDomain + "/operator/" + name;
        return new Identity(name, uri, List.of(), List.of(), false);
    }

    /**
     * An application that sends and receives through a YMP host; it only calls (YMP, section 9).
     */
    public static Identity ympApplication(String trustDomain, String name) {
        String uri = "spiffe://" + trustDomain + "/ymp-application/" + name;
        return new Identity(name, uri, List.of(), List.of(), false);
    }

    /** Makes a key and its certificate, which does not outlive the CA. */
    public Pkcs12 create(Authority ca, Duration lifetime, Clock clock) {
        KeyPair pair = KeyType.P256.generate();
        X509Certificate certificate =
                Draft.issuedBy(ca, Names.of(name), Validity.from(clock, lifetime), pair.getPublic())
                        .endEntity()
                        .purposes(purposes())
                        .add(Extension.subjectAlternativeName, false, subjectAltName())
                        .sign(ca.key());
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
        chain.addAll(ca.chain());
        return new Pkcs12(pair.getPrivate(), chain);
    }

    private KeyPurposeId[] purposes() {
        return server
                ? new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}
                : new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth};
    }

    private GeneralNames subjectAltName() {
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
        dnsNames.forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns)));
        addresses.forEach(ip -> names.add(new GeneralName(GeneralName.iPAddress, ip.text())));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }
}
