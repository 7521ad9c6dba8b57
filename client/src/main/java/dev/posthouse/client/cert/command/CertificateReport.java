package dev.posthouse.client.cert.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.posthouse.client.cert.SubjectAltNames;
import dev.posthouse.client.pki.KeyType;
import dev.posthouse.common.net.IpAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/** A certificate in words. */
record CertificateReport(
        String subject,
        String issuer,
        String serial,
        List<String> addresses,
        @JsonProperty("dns_names") List<String> dnsNames,
        @JsonProperty("not_before") String notBefore,
        @JsonProperty("not_after") String notAfter,
        String key,
        String sha256) {

    static CertificateReport of(X509Certificate certificate) {
        SubjectAltNames names = SubjectAltNames.of(certificate);
        return new CertificateReport(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                certificate.getSerialNumber().toString(16),
                names.addresses().stream().map(IpAddress::text).toList(),
                names.dnsNames(),
                certificate.getNotBefore().toInstant().toString(),
                certificate.getNotAfter().toInstant().toString(),
                keyName(certificate.getPublicKey()),
                fingerprint(certificate));
    }

    List<String> lines() {
        return List.of(
                "subject    " + subject,
                "issuer     " + issuer,
                "serial     " + serial,
                "addresses  " + String.join(", ", addresses),
                "names      " + String.join(", ", dnsNames),
                "valid      " + notBefore + " to " + notAfter,
                "key        " + key,
                "sha256     " + sha256);
    }

    private static String keyName(PublicKey key) {
        return KeyType.of(key).map(KeyType::toString).orElseGet(key::getAlgorithm);
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }
}
