package dev.posthouse.client.cert;

import dev.posthouse.common.net.IpAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * The names a certificate is for.
 *
 * @param addresses its iPAddress names
 * @param dnsNames its dNSNames
 */
public record SubjectAltNames(List<IpAddress> addresses, List<String> dnsNames) {

    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    public SubjectAltNames {
        addresses = List.copyOf(addresses);
        dnsNames = List.copyOf(dnsNames);
    }

    /** Reads them as octets: text forms of addresses differ between providers. */
    public static SubjectAltNames of(X509Certificate certificate) {
        List<IpAddress> addresses = new ArrayList<>();
        List<String> dnsNames = new ArrayList<>();
        byte[] extension = certificate.getExtensionValue(Extension.subjectAlternativeName.getId());
        if (extension != null) {
            byte[] names = ASN1OctetString.getInstance(extension).getOctets();
            for (GeneralName name : GeneralNames.getInstance(names).getNames()) {
                switch (name.getTagNo()) {
                    case GeneralName.iPAddress -> addresses.add(address(name));
                    case GeneralName.dNSName -> dnsNames.add(name.getName().toString());
                    default -> {}
                }
            }
        }
        return new SubjectAltNames(addresses, dnsNames);
    }

    static boolean servesTls(X509Certificate certificate) {
        try {
            Collection<String> purposes = certificate.getExtendedKeyUsage();
            return purposes != null && purposes.contains(SERVER_AUTH);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static IpAddress address(GeneralName name) {
        return IpAddress.ofOctets(ASN1OctetString.getInstance(name.getName()).getOctets());
    }
}
