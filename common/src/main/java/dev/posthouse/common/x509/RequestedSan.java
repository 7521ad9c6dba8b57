package dev.posthouse.common.x509;

import dev.posthouse.common.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;

/**
 * What a CSR asks for beside a key and a name: one address (certificates, section 5 rules 4 and 5).
 */
final class RequestedSan {

    private static final int IP_ADDRESS = 0x87;

    private RequestedSan() {}

    static IpAddress address(List<Der> attributes, boolean ignoreOthers) {
        List<Der> names = names(sanValue(attributes, ignoreOthers));
        InvalidCsr.unless(names.size() <= 1, "csr.san.extra", "The SAN holds more than one name.");
        Der name = names.getFirst();
        InvalidCsr.unless(name.is(IP_ADDRESS), "csr.san.type", "The SAN is not an IP address.");
        byte[] octets = name.content(IP_ADDRESS);
        boolean plain = octets.length == 4 || octets.length == 16;
        InvalidCsr.unless(plain, "csr.san.length", "The SAN's address has not 4 or 16 octets.");
        return IpAddress.ofOctets(octets);
    }

    private static List<Der> names(byte[] san) {
        List<Der> names = Der.read(san).parts(Der.SEQUENCE);
        InvalidCsr.unless(!names.isEmpty(), "csr.san.missing", "The SAN holds no name.");
        return names;
    }

    private static byte[] sanValue(List<Der> attributes, boolean ignoreOthers) {
        List<byte[]> found = new ArrayList<>();
        for (Der extension : extensions(attributes)) {
            List<Der> parts = extension.sequence(2, 3);
            boolean san = parts.getFirst().is(Extension.subjectAlternativeName);
            InvalidCsr.unless(
                    found.isEmpty() || !san,
                    "csr.extension.forbidden",
                    "The SAN extension is there twice.");
            InvalidCsr.unless(
                    san || ignoreOthers,
                    "csr.extension.forbidden",
                    "An extension other than the SAN is requested.");
            byte[] value = value(parts);
            if (san) {
                found.add(value);
            }
        }
        InvalidCsr.unless(!found.isEmpty(), "csr.san.missing", "No SAN is requested.");
        return found.getFirst();
    }

    /** In DER a {@code critical} that is there is TRUE, FALSE being its default. */
    private static byte[] value(List<Der> extension) {
        boolean critical = extension.size() == 2 || extension.get(1).content(Der.BOOLEAN)[0] != 0;
        InvalidCsr.unless(critical, "csr.der", "A default value is encoded.");
        return extension.getLast().content(Der.OCTET_STRING);
    }

    private static List<Der> extensions(List<Der> attributes) {
        InvalidCsr.unless(!attributes.isEmpty(), "csr.san.missing", "No SAN is requested.");
        List<Der> attribute = attributes.getFirst().sequence(2, 2);
        List<Der> values = attribute.getLast().parts(Der.SET);
        InvalidCsr.unless(
                attributes.size() == 1
                        && values.size() == 1
                        && attribute
                                .getFirst()
                                .is(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest),
                "csr.attribute.forbidden",
                "An attribute other than one extensionRequest is there.");
        return values.getFirst().parts(Der.SEQUENCE);
    }
}
