package dev.posthouse.ca.key;

import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;

/** What an issuing CA's certificate must say (certificates, section 10). */
final class IssuerRules {

    private IssuerRules() {}

    /**
     * @return its subjectKeyIdentifier
     * @throws IllegalArgumentException naming the rule that is broken
     */
    static SubjectKeyIdentifier check(Extensions extensions) {
        require(extensions != null, "has no extensions");
        BasicConstraints basic = BasicConstraints.fromExtensions(extensions);
        require(basic != null && basic.isCA(), "is not a CA's");
        KeyUsage usage = KeyUsage.fromExtensions(extensions);
        require(
                usage != null && usage.hasUsages(KeyUsage.keyCertSign),
                "does not allow signing certificates");
        SubjectKeyIdentifier identifier = SubjectKeyIdentifier.fromExtensions(extensions);
        require(identifier != null, "has no subjectKeyIdentifier");
        Extension names = extensions.getExtension(Extension.nameConstraints);
        require(names == null || names.isCritical(), "has name constraints that are not critical");
        return identifier;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("its certificate " + otherwise);
        }
    }
}
