package dev.posthouse.ca.profile;

import dev.posthouse.ca.CaConfig;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.setting.BadSetting;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** The extensions of a device certificate (certificates, section 10), and no others. */
@Singleton
@Startup
final class ProfileExtensions {

    private static final int KEY_IDENTIFIER_OCTETS = 20;

    private final boolean rsaKeyEncipherment;
    private final Optional<String> accessDomain;
    private final Optional<AuthorityInformationAccess> issuerUrl;
    private final Optional<CertificatePolicies> policy;

    ProfileExtensions(CaConfig settings) {
        this.rsaKeyEncipherment = settings.profile().rsaKeyEncipherment();
        this.accessDomain =
                settings.accessDomain()
                        .map(domain ->
                                BadSetting.read(
                                        "ca.access-domain", () -> AccessName.domain(domain)));
        this.issuerUrl =
                settings.issuerUrl()
                        .map(url ->
                                new AuthorityInformationAccess(
                                        AccessDescription.id_ad_caIssuers,
                                        new GeneralName(
                                                GeneralName.uniformResourceIdentifier,
                                                url.toString())));
        this.policy = settings.profile().policy().map(ProfileExtensions::policy);
    }

    private static CertificatePolicies policy(String oid) {
        return BadSetting.read(
                "ca.profile.policy",
                () ->
                        new CertificatePolicies(
                                new PolicyInformation(new ASN1ObjectIdentifier(oid))));
    }

    Extensions of(Draft draft) {
        Requester requester = draft.requester();
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        try {
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            extensions.addExtension(Extension.keyUsage, true, keyUsage(requester.key()));
            extensions.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            extensions.addExtension(Extension.subjectAlternativeName, false, names(requester));
            extensions.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new SubjectKeyIdentifier(keyIdentifier(requester.key())));
            extensions.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(draft.issuer().keyIdentifier().getKeyIdentifier()));
            if (issuerUrl.isPresent()) {
                extensions.addExtension(
                        Extension.authorityInfoAccess, false, issuerUrl.orElseThrow());
            }
            if (policy.isPresent()) {
                extensions.addExtension(Extension.certificatePolicies, false, policy.orElseThrow());
            }
            return extensions.generate();
        } catch (IOException impossible) {
            throw new IllegalStateException("Memory does not fail.", impossible);
        }
    }

    private KeyUsage keyUsage(SubjectPublicKeyInfo key) {
        boolean encipherment =
                rsaKeyEncipherment
                        && key.getAlgorithm()
                                .getAlgorithm()
                                .equals(PKCSObjectIdentifiers.rsaEncryption);
        return new KeyUsage(
                KeyUsage.digitalSignature | (encipherment ? KeyUsage.keyEncipherment : 0));
    }

    /** One SAN: the client's address, the WAN address unless it is the same, the AccessName. */
    private GeneralNames names(Requester requester) {
        List<GeneralName> names = new ArrayList<>(List.of(name(requester.clientAddr())));
        if (!requester.wanAddr().equals(requester.clientAddr())) {
            names.add(name(requester.wanAddr()));
        }
        accessDomain
                .map(domain -> AccessName.of(requester.jti(), domain))
                .ifPresent(name -> names.add(new GeneralName(GeneralName.dNSName, name.value())));
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static GeneralName name(IpAddress address) {
        return new GeneralName(GeneralName.iPAddress, new DEROctetString(address.octets()));
    }

    /** RFC 7093, method 1: the leftmost 160 bits of SHA-256 of the key's bits. */
    private static byte[] keyIdentifier(SubjectPublicKeyInfo key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(key.getPublicKeyData().getOctets());
            return Arrays.copyOf(hash, KEY_IDENTIFIER_OCTETS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
