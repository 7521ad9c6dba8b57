package dev.posthouse.client.pki;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Key identifiers by RFC 7093, method 1: the leftmost 160 bits of SHA-256 of the key. */
final class KeyIdentifiers {

    private static final int OCTETS = 20;
    private static final int OCTETS_IN_NAME = 4;

    private KeyIdentifiers() {}

    static SubjectKeyIdentifier of(SubjectPublicKeyInfo key) {
        return new SubjectKeyIdentifier(hash(key));
    }

    /** The issuer's own identifier as it stands in its certificate. */
    static AuthorityKeyIdentifier ofIssuer(X509Certificate issuer) {
        byte[] extension = issuer.getExtensionValue(Extension.subjectKeyIdentifier.getId());
        byte[] inner = ASN1OctetString.getInstance(extension).getOctets();
        return new AuthorityKeyIdentifier(
                SubjectKeyIdentifier.getInstance(inner).getKeyIdentifier());
    }

    /** A few digits of the key, so that two authorities of one kind have two names. */
    static String tail(PublicKey key) {
        byte[] hash = hash(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
        return HexFormat.of().formatHex(hash, 0, OCTETS_IN_NAME);
    }

    private static byte[] hash(SubjectPublicKeyInfo key) {
        try {
            byte[] bits = key.getPublicKeyData().getOctets();
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bits), OCTETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
