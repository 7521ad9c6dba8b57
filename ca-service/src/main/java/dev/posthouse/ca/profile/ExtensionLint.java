package dev.posthouse.ca.profile;

import dev.posthouse.ca.CaConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** The extension rows of certificates, section 10, read back from the signed bytes. */
@Singleton
final class ExtensionLint {

    private static final Set<ASN1ObjectIdentifier> CRITICAL =
            Set.of(Extension.basicConstraints, Extension.keyUsage);
    private static final List<ASN1ObjectIdentifier> ALWAYS =
            List.of(
                    Extension.basicConstraints,
                    Extension.keyUsage,
                    Extension.extendedKeyUsage,
                    Extension.subjectAlternativeName,
                    Extension.subjectKeyIdentifier,
                    Extension.authorityKeyIdentifier);
    private static final byte[] EMPTY_SEQUENCE = {0x30, 0};
    private static final int KEY_IDENTIFIER_OCTETS = 20;

    private final CaConfig settings;

    ExtensionLint(CaConfig settings) {
        this.settings = settings;
    }

    void check(Extensions extensions, Draft draft) throws IOException {
        LintFinding.unless(extensions != null, "extensions");
        List<ASN1ObjectIdentifier> expected = new ArrayList<>(ALWAYS);
        settings.issuerUrl().ifPresent(url -> expected.add(Extension.authorityInfoAccess));
        settings.profile()
                .policy()
                .ifPresent(policy -> expected.add(Extension.certificatePolicies));
        List<ASN1ObjectIdentifier> found = List.of(extensions.getExtensionOIDs());
        LintFinding.unless(
                found.size() == expected.size() && found.containsAll(expected), "extensions");
        for (ASN1ObjectIdentifier oid : found) {
            LintFinding.unless(
                    extensions.getExtension(oid).isCritical() == CRITICAL.contains(oid),
                    "criticality of " + oid);
        }
        checkUse(extensions, draft);
        checkNames(extensions, draft);
        checkIdentifiers(extensions, draft);
        checkSettings(extensions);
    }

    private void checkUse(Extensions extensions, Draft draft) {
        LintFinding.unless(
                Arrays.equals(octets(extensions, Extension.basicConstraints), EMPTY_SEQUENCE),
                "basicConstraints");
        boolean rsa =
                draft.requester()
                        .key()
                        .getAlgorithm()
                        .getAlgorithm()
                        .getId()
                        .startsWith("1.2.840.113549.1.1.");
        int usage =
                KeyUsage.digitalSignature
                        | (rsa && settings.profile().rsaKeyEncipherment()
                                ? KeyUsage.keyEncipherment
                                : 0);
        LintFinding.unless(
                KeyUsage.fromExtensions(extensions).equals(new KeyUsage(usage)), "keyUsage");
        LintFinding.unless(
                List.of(ExtendedKeyUsage.fromExtensions(extensions).getUsages())
                        .equals(List.of(KeyPurposeId.id_kp_serverAuth)),
                "extKeyUsage");
    }

    private void checkNames(Extensions extensions, Draft draft) {
        Requester requester = draft.requester();
        List<GeneralName> names =
                new ArrayList<>(
                        List.of(
                                GeneralNames.fromExtensions(
                                                extensions, Extension.subjectAlternativeName)
                                        .getNames()));
        LintFinding.unless(
                removeAddress(names, requester.clientAddr().octets()), "SAN: client_addr");
        boolean sole = requester.wanAddr().equals(requester.clientAddr());
        LintFinding.unless(
                sole || removeAddress(names, requester.wanAddr().octets()), "SAN: wan_addr");
        Optional<String> accessName =
                settings.accessDomain()
                        .map(domain -> AccessName.of(requester.jti(), domain).value());
        LintFinding.unless(
                accessName.isEmpty()
                        || names.removeIf(name -> isDns(name, accessName.orElseThrow())),
                "SAN: AccessName");
        LintFinding.unless(names.isEmpty(), "SAN: nothing else");
    }

    private static boolean removeAddress(List<GeneralName> names, byte[] octets) {
        for (GeneralName name : names) {
            if (name.getTagNo() == GeneralName.iPAddress
                    && Arrays.equals(
                            ASN1OctetString.getInstance(name.getName()).getOctets(), octets)) {
                return names.remove(name);
            }
        }
        return false;
    }

    private static boolean isDns(GeneralName name, String expected) {
        return name.getTagNo() == GeneralName.dNSName && name.getName().toString().equals(expected);
    }

    private static void checkIdentifiers(Extensions extensions, Draft draft) {
        byte[] key = draft.requester().key().getPublicKeyData().getOctets();
        LintFinding.unless(
                Arrays.equals(
                        SubjectKeyIdentifier.fromExtensions(extensions).getKeyIdentifier(),
                        leftmost160(key)),
                "subjectKeyIdentifier");
        AuthorityKeyIdentifier authority = AuthorityKeyIdentifier.fromExtensions(extensions);
        LintFinding.unless(
                authority.getAuthorityCertIssuer() == null
                        && Arrays.equals(
                                authority.getKeyIdentifierOctets(),
                                draft.issuer().keyIdentifier().getKeyIdentifier()),
                "authorityKeyIdentifier");
    }

    private static byte[] leftmost160(byte[] key) {
        SHA256Digest digest = new SHA256Digest();
        digest.update(key, 0, key.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return Arrays.copyOf(hash, KEY_IDENTIFIER_OCTETS);
    }

    private void checkSettings(Extensions extensions) {
        settings.issuerUrl()
                .ifPresent(url -> {
                    AccessDescription[] found =
                            AuthorityInformationAccess.fromExtensions(extensions)
                                    .getAccessDescriptions();
                    LintFinding.unless(
                            found.length == 1
                                    && found[0].getAccessMethod()
                                            .equals(AccessDescription.id_ad_caIssuers)
                                    && found[0].getAccessLocation()
                                            .getName()
                                            .toString()
                                            .equals(url.toString()),
                            "authorityInfoAccess");
                });
        settings.profile()
                .policy()
                .ifPresent(oid -> {
                    PolicyInformation[] found =
                            CertificatePolicies.fromExtensions(extensions).getPolicyInformation();
                    LintFinding.unless(
                            found.length == 1
                                    && found[0].getPolicyIdentifier().getId().equals(oid)
                                    && found[0].getPolicyQualifiers() == null,
                            "certificatePolicies");
                });
    }

    private static byte[] octets(Extensions extensions, ASN1ObjectIdentifier oid) {
        return extensions.getExtension(oid).getExtnValue().getOctets();
    }
}
