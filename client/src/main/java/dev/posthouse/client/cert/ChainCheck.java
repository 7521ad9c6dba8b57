package dev.posthouse.client.cert;

import dev.posthouse.client.https.Trust;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether a chain leads to a root (RFC 5280, section 6): signatures, dates, path lengths, key
 * usages, name constraints.
 *
 * @param roots where it may lead
 */
public record ChainCheck(Trust roots) {

    /** What is wrong with the chain, leaf first, if anything is. */
    public Optional<String> problem(List<X509Certificate> chain, Instant at) {
        try {
            PKIXParameters parameters =
                    new PKIXParameters(
                            roots.anchors().stream()
                                    .map(root -> new TrustAnchor(root, null))
                                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertPathValidator.getInstance("PKIX").validate(path(chain), parameters);
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return Optional.of(
                    "the certificate's chain does not lead to a root in %s: %s"
                            .formatted(roots.file(), e.getMessage()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot check a chain", e);
        }
    }

    /** Roots that stand in the chain itself prove nothing and are left out. */
    private CertPath path(List<X509Certificate> chain) throws GeneralSecurityException {
        List<X509Certificate> below =
                chain.stream().filter(one -> !roots.anchors().contains(one)).toList();
        return CertificateFactory.getInstance("X.509").generateCertPath(below);
    }
}
