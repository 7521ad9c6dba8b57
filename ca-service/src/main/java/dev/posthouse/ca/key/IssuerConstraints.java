package dev.posthouse.ca.key;

import dev.posthouse.common.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/**
 * What an issuing CA may put into a certificate (certificates, section 10; RFC 5280, section
 * 4.2.1.10). Its name constraints work per type of name: a CA permitted IPv4 ranges alone may issue
 * for no IPv6 address.
 */
public final class IssuerConstraints {

    private final PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    private final boolean constrainsDns;

    private IssuerConstraints(List<GeneralSubtree> permitted, List<GeneralSubtree> excluded) {
        if (!permitted.isEmpty()) {
            validator.intersectPermittedSubtree(permitted.toArray(GeneralSubtree[]::new));
        }
        excluded.forEach(validator::addExcludedSubtree);
        this.constrainsDns =
                Stream.concat(permitted.stream(), excluded.stream())
                        .anyMatch(tree -> tree.getBase().getTagNo() == GeneralName.dNSName);
    }

    /** Those of a certificate's extension; {@code null} constrains nothing. */
    static IssuerConstraints of(NameConstraints extension) {
        return extension == null
                ? new IssuerConstraints(List.of(), List.of())
                : new IssuerConstraints(
                        list(extension.getPermittedSubtrees()),
                        list(extension.getExcludedSubtrees()));
    }

    private static List<GeneralSubtree> list(GeneralSubtree[] subtrees) {
        return subtrees == null ? List.of() : new ArrayList<>(List.of(subtrees));
    }

    /** Whether a certificate may carry the address. */
    public boolean permit(IpAddress address) {
        return permit(new GeneralName(GeneralName.iPAddress, new DEROctetString(address.octets())));
    }

    /** Whether a certificate may carry the DNS name. */
    public boolean permitDns(String name) {
        return permit(new GeneralName(GeneralName.dNSName, name));
    }

    /** Whether DNS names are constrained at all. */
    public boolean constrainDns() {
        return constrainsDns;
    }

    private boolean permit(GeneralName name) {
        try {
            validator.checkPermitted(name);
            validator.checkExcluded(name);
            return true;
        } catch (NameConstraintValidatorException outside) {
            return false;
        }
    }
}
