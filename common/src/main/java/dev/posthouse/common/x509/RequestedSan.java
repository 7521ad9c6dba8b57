package dev.posthouse.common.x509;

import dev.posthouse.common.net.IpAddress;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;

/**
 * What a CSR may ask for beside a key and a name: one address in one SAN (certificates, section 5
 * rules 4 and 5).
 */
final class RequestedSan {

    private static final int IP_ADDRESS = 0x87;

    private RequestedSan() {}

    static IpAddress address(List<Der> attributes, boolean ignoreOthers) {
        InvalidCsr.unless(!attributes.isEmpty(), "csr.san.missing", "No SAN is requested.");
        return address(sanValue(extensions(attributes), ignoreOthers));
    }

    private static List<Der> extensions(List<Der> attributes) {
        List<Der> attribute = attributes.getFirst().sequence(2, 2);
        List<Der> values = attribute.getLast().parts(Der.SET);
        boolean usual = attribute.getFirst().is(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest);
        InvalidCsr.unless(
                usual && attributes.size() == 1 && values.size() == 1,
                "csr.attribute.forbidden",
                "There is an attribute other than one extensionRequest of one value.");
        return values.getFirst().parts(Der.SEQUENCE);
    }

    private static byte[] sanValue(List<Der> extensions, boolean ignoreOthers) {
        byte[] san = null;
        for (Der extension : extensions) {
            byte[] value = value(extension);
            boolean isSan = id(extension).is(Extension.subjectAlternativeName);
            InvalidCsr.unless(
                    isSan ? san == null : ignoreOthers,
                    "csr.extension.forbidden",
                    "There is an extension other than one SAN.");
            san = isSan ? value : san;
        }
        InvalidCsr.unless(san != null, "csr.san.missing", "No SAN is requested.");
        return san;
    }

    private static Der id(Der extension) {
        return extension.sequence(2, 3).getFirst();
    }

    private static byte[] value(Der extension) {
        List<Der> parts = extension.sequence(2, 3);
        id(extension).content(Der.OID);
        // FALSE is the default, and DER leaves defaults out.
        boolean canonical = parts.size() == 2 || parts.get(1).content(Der.BOOLEAN)[0] != 0;
        InvalidCsr.unless(canonical, "csr.der", "An extension is not in strict DER.");
        return parts.getLast().content(Der.OCTET_STRING);
    }

    private static IpAddress address(byte[] san) {
        List<Der> names = Der.read(san).parts(Der.SEQUENCE);
        InvalidCsr.unless(!names.isEmpty(), "csr.san.missing", "The SAN holds no name.");
        InvalidCsr.unless(names.size() == 1, "csr.san.extra", "The SAN holds more than one name.");
        Der name = names.getFirst();
        InvalidCsr.unless(name.is(IP_ADDRESS), "csr.san.type", "The SAN is not an IP address.");
        byte[] octets = name.content();
        boolean plain = octets.length == 4 || octets.length == 16;
        InvalidCsr.unless(plain, "csr.san.length", "The SAN's address has not 4 or 16 octets.");
        return IpAddress.ofOctets(octets);
    }
}
