package dev.posthouse.client.pki;

import dev.posthouse.common.net.Cidr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;

/**
 * What an issuing CA may put in a certificate (certificates, section 10; RFC 5280, section
 * 4.2.1.10).
 *
 * <p>Constraints work per type of name, and IPv4 and IPv6 are one type: a CA that is permitted IPv4
 * ranges alone can issue for no IPv6 address. Without an access-domain DNS names stay
 * unconstrained, since Java would test the subject's common name against them.
 *
 * @param accessDomain the domain of AccessNames, or null
 * @param permitted ranges of addresses; at least one
 */
public record Constraints(String accessDomain, List<Cidr> permitted) {

    /** Private networks: RFC 1918, carrier-grade NAT (RFC 6598) and unique local addresses. */
    public static final List<Cidr> PRIVATE =
            ranges("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    /** Every address: for learned WAN addresses and {@code wan} mode. */
    public static final List<Cidr> EVERYWHERE = ranges("0.0.0.0/0", "::/0");

    private static final Pattern DOMAIN =
            Pattern.compile("(?!-)[a-z0-9-]{1,63}(?<!-)(\\.(?!-)[a-z0-9-]{1,63}(?<!-))*");

    public Constraints {
        if (accessDomain != null && !DOMAIN.matcher(accessDomain).matches()) {
            throw new IllegalArgumentException(
                    "the access-domain must be a DNS name in lower case, not " + accessDomain);
        }
        permitted = List.copyOf(permitted);
        if (permitted.isEmpty()) {
            throw new IllegalArgumentException("an issuing CA needs at least one permitted range");
        }
    }

    NameConstraints extension() {
        List<GeneralSubtree> subtrees = new ArrayList<>();
        if (accessDomain != null) {
            subtrees.add(new GeneralSubtree(new GeneralName(GeneralName.dNSName, accessDomain)));
        }
        for (Cidr range : permitted) {
            DEROctetString octets = new DEROctetString(octets(range));
            subtrees.add(new GeneralSubtree(new GeneralName(GeneralName.iPAddress, octets)));
        }
        return new NameConstraints(subtrees.toArray(GeneralSubtree[]::new), null);
    }

    /** The address and its mask. */
    private static byte[] octets(Cidr range) {
        byte[] address = range.address().octets();
        byte[] octets = Arrays.copyOf(address, 2 * address.length);
        for (int bit = 0; bit < range.prefix(); bit++) {
            octets[address.length + bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return octets;
    }

    private static List<Cidr> ranges(String... texts) {
        return Stream.of(texts).map(Cidr::parse).toList();
    }
}
