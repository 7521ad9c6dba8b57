package dev.posthouse.client.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/** The JDK's verdict on a chain. */
final class JavaPath {

    private JavaPath() {}

    static boolean verifies(Authority root, Authority issuing, X509Certificate leaf)
            throws GeneralSecurityException {
        PKIXParameters parameters =
                new PKIXParameters(Set.of(new TrustAnchor(root.certificate(), null)));
        parameters.setRevocationEnabled(false);
        var path =
                CertificateFactory.getInstance("X.509")
                        .generateCertPath(List.of(leaf, issuing.certificate()));
        try {
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return true;
        } catch (CertPathValidatorException e) {
            return false;
        }
    }
}
