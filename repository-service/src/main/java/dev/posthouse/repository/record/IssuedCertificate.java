package dev.posthouse.repository.record;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.Pem;
import dev.posthouse.repository.RepositoryException.MalformedField;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/**
 * A client's certificate, as the CA hands it over (certificates, section 2.3).
 *
 * @param chain PEM, leaf first, without the root
 * @param leafHash SHA-256 of the leaf's DER, by which a repeat is known
 * @param clientAddr the client's address in its own network
 * @param sanIps every address in the leaf's SAN
 */
@SuppressWarnings("ArrayRecordComponent") // Handed to the store at once, never compared.
public record IssuedCertificate(
        String chain, byte[] leafHash, IpAddress clientAddr, List<IpAddress> sanIps)
        implements Outcome {

    public IssuedCertificate {
        sanIps = List.copyOf(sanIps);
    }

    /**
     * Reads what stands in the CA's message.
     *
     * @throws dev.posthouse.common.x509.InvalidCertificate when {@code cert} is no chain
     * @throws MalformedField when the address, or an address in the SAN, is none
     */
    public static IssuedCertificate read(String cert, String clientAddr) {
        IpAddress address = address(clientAddr);
        List<X509Certificate> chain = Pem.certificates(cert);
        try {
            X509Certificate leaf = chain.getFirst();
            return new IssuedCertificate(
                    Pem.encode(chain),
                    MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded()),
                    address,
                    sanIps(leaf));
        } catch (CertificateEncodingException | IllegalArgumentException unreadable) {
            throw new MalformedField("cert.san", "The certificate's SAN cannot be read.");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static IpAddress address(String text) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException notAnAddress) {
            throw new MalformedField("address.client", "The client_addr is not an IP address.");
        }
    }

    private static List<IpAddress> sanIps(X509Certificate leaf)
            throws CertificateEncodingException {
        List<IpAddress> addresses = new ArrayList<>();
        GeneralNames names =
                GeneralNames.fromExtensions(
                        new JcaX509CertificateHolder(leaf).getExtensions(),
                        Extension.subjectAlternativeName);
        for (GeneralName name : names == null ? new GeneralName[0] : names.getNames()) {
            if (name.getTagNo() == GeneralName.iPAddress) {
                byte[] octets = ASN1OctetString.getInstance(name.getName()).getOctets();
                addresses.add(IpAddress.ofOctets(octets));
            }
        }
        return addresses;
    }
}
