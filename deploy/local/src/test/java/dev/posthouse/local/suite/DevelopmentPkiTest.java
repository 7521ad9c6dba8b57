package dev.posthouse.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevelopmentPkiTest {

    private static final int URI_NAME = 6;

    @TempDir private Path parent;

    @Test
    void givesEachServiceItsRoleUnderTheInternalCa() throws Exception {
        DevelopmentPki pki = DevelopmentPki.in(parent.resolve("pki"), Clock.systemUTC());

        for (Service service : Service.values()) {
            X509Certificate certificate = certificate(pki.certificate(service.module()));
            certificate.verify(certificate(pki.trustAnchor()).getPublicKey());
            assertThat(names(certificate))
                    .contains(
                            List.of(URI_NAME, "spiffe://posthouse.local/" + service.module()),
                            List.of(2, "localhost"),
                            List.of(7, "127.0.0.1"));
        }
        assertThat(names(certificate(pki.certificate("operator"))))
                .contains(List.of(URI_NAME, "spiffe://posthouse.local/operator/developer"));
        assertThat(names(certificate(pki.certificate("application"))))
                .contains(List.of(URI_NAME, "spiffe://posthouse.local/ymp-application/developer"));
        assertThat(pki.servicesCa().certificate()).isEqualTo(certificate(pki.trustAnchor()));
    }

    @Test
    void isMadeOnceAndKept() throws Exception {
        Path directory = parent.resolve("pki");
        DevelopmentPki first = DevelopmentPki.in(directory, Clock.systemUTC());
        X509Certificate root = certificate(first.deviceRoot());

        DevelopmentPki second = DevelopmentPki.in(directory, Clock.systemUTC());

        assertThat(certificate(second.deviceRoot())).isEqualTo(root);
    }

    @Test
    void getsWhatAnEarlierBuildDidNotMakeAndKeepsTheRest() throws Exception {
        Path directory = parent.resolve("pki");
        DevelopmentPki first = DevelopmentPki.in(directory, Clock.systemUTC());
        X509Certificate proxy = certificate(first.certificate("proxy-service"));
        Files.delete(first.certificate("ymp-service"));
        Files.delete(first.heldTokenKey());
        Files.delete(first.relayKey());

        DevelopmentPki second = DevelopmentPki.in(directory, Clock.systemUTC());

        certificate(second.certificate("ymp-service"))
                .verify(certificate(second.trustAnchor()).getPublicKey());
        assertThat(certificate(second.certificate("proxy-service"))).isEqualTo(proxy);
        String key = Files.readString(second.heldTokenKey());
        assertThat(Base64.getDecoder().decode(key)).hasSize(32);
        String relayKey = Files.readString(second.relayKey());
        assertThat(Base64.getDecoder().decode(relayKey)).hasSize(32);
        assertThat(relayKey).isNotEqualTo(key);
        DevelopmentPki.in(directory, Clock.systemUTC());
        assertThat(second.heldTokenKey()).hasContent(key);
    }

    @Test
    void startsAfreshAfterACrashHalfWay() throws IOException {
        Path half = Files.createDirectories(parent.resolve("pki.new"));
        Files.writeString(half.resolve("passphrase"), "half");

        DevelopmentPki pki = DevelopmentPki.in(parent.resolve("pki"), Clock.systemUTC());

        assertThat(Files.readString(pki.passphraseFile()).strip()).hasSize(64);
        assertThat(half).doesNotExist();
    }

    @Test
    void showsSecretsToTheirOwnerAlone() throws IOException {
        DevelopmentPki pki = DevelopmentPki.in(parent.resolve("pki"), Clock.systemUTC());

        Stream<Path> secrets =
                Stream.of(
                        pki.passphraseFile(),
                        pki.nameKey(),
                        pki.accessKey(),
                        pki.issuer(),
                        pki.heldTokenKey(),
                        pki.relayKey(),
                        pki.key("application"),
                        pki.key("operator"));
        for (Path secret : secrets.toList()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .as(secret.toString())
                    .isEqualTo("rw-------");
        }
    }

    private static Collection<List<?>> names(X509Certificate certificate)
            throws GeneralSecurityException {
        return certificate.getSubjectAlternativeNames();
    }

    private static X509Certificate certificate(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream input = Files.newInputStream(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(input);
        }
    }
}
