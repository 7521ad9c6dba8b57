package dev.posthouse.client.file;

import dev.posthouse.client.failure.ClientException.FileProblem;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Certificates in a file, PEM or DER; text around PEM blocks is let be, as other tools write it.
 */
public final class CertificateFile {

    private CertificateFile() {}

    /** The certificates in their order, at least one. */
    public static List<X509Certificate> read(Path file) {
        byte[] content = InputFile.read(file);
        try {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(content))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new FileProblem(file + " holds no certificate");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new FileProblem(file + " is not a file of certificates", e);
        }
    }
}
