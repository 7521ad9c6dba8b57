package dev.posthouse.ca;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.ca.publication.FakeRepository;
import dev.posthouse.common.x509.Pem;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The certificate that comes out, as OpenSSL and Java see it (certificates, sections 10 and 15).
 */
@QuarkusTest
final class CertificateFlowTest {

    private FakeRepository repository;

    @TempDir Path directory;

    @BeforeEach
    void aRepository() {
        repository = FakeRepository.running();
    }

    private static CsrMaker maker(String kind) {
        return switch (kind) {
            case "P-384" -> CsrMaker.p384();
            case "RSA-2048" -> CsrMaker.rsa2048();
            case "Ed25519" -> CsrMaker.ed25519();
            default -> CsrMaker.p256();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "P-256, 192.168.1.7, 203.0.113.7",
        "P-384, 10.0.0.1, 203.0.113.7",
        "RSA-2048, fd00::7, 203.0.113.7",
        "Ed25519, 192.168.1.9, fd00::9"
    })
    void opensslVerifiesTheChainForBothAddressesAndTheName(String kind, String client, String wan)
            throws Exception {
        CsrMaker maker = maker(kind);
        TestCall call = new TestCall(maker, client, wan);
        call.post().then().statusCode(200);
        List<X509Certificate> chain = collect(call);
        X509Certificate leaf = chain.getFirst();

        assertThat(leaf.getPublicKey().getEncoded())
                .isEqualTo(maker.keyPair().getPublic().getEncoded());
        assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=" + call.sessionName());
        assertThat(opensslVerifies("-verify_ip", client)).isEqualTo("leaf.pem: OK");
        assertThat(opensslVerifies("-verify_ip", wan)).isEqualTo("leaf.pem: OK");
        assertThat(opensslVerifies("-verify_hostname", accessName(leaf))).isEqualTo("leaf.pem: OK");
        assertThat(opensslVerifies("-verify_ip", "192.168.1.8")).contains("IP address mismatch");
        assertThat(opensslVerifies("-verify_hostname", call.sessionName()))
                .contains("hostname mismatch");
    }

    @Test
    void saysWhatTheSpecificationSaysAndNothingElse() throws Exception {
        TestCall call = new TestCall();
        call.post().then().statusCode(200);
        X509Certificate leaf = collect(call).getFirst();

        String text = openssl("x509", "-in", "leaf.pem", "-noout", "-text");

        assertThat(text)
                .contains("Version: 3 (0x2)")
                .contains("Signature Algorithm: ecdsa-with-SHA256")
                .contains("Issuer: O = Posthouse tests, CN = Test issuing CA")
                .contains("X509v3 Basic Constraints: critical\n                CA:FALSE")
                .contains("X509v3 Key Usage: critical\n                Digital Signature\n")
                .contains(
                        "X509v3 Extended Key Usage: \n                TLS Web Server Authentication\n")
                .contains("IP Address:192.168.1.7, IP Address:203.0.113.7, DNS:" + accessName(leaf))
                .contains("CA Issuers - URI:http://pki.example/issuing.crt")
                .containsOnlyOnce("X509v3 Subject Alternative Name: \n");
        assertThat(text.lines().filter(line -> line.strip().matches("X509v3 [A-Z].+"))).hasSize(6);
        assertThat(
                        Duration.between(
                                leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(14).plusMinutes(30));
        assertThat(leaf.getSerialNumber().bitLength()).isBetween(100, 159);
        assertThat(TestDatabase.ask("select serial from certificate where jti = ?", call.jti()))
                .isEqualTo(leaf.getSerialNumber().toString(16));
    }

    private static String accessName(X509Certificate leaf) throws Exception {
        String name =
                leaf.getSubjectAlternativeNames().stream()
                        .filter(entry -> Integer.valueOf(2).equals(entry.get(0)))
                        .map(entry -> (String) entry.get(1))
                        .findFirst()
                        .orElseThrow();
        assertThat(name).matches("[a-z2-7]{32}\\.devices\\.example");
        return name;
    }

    private List<X509Certificate> collect(TestCall call) throws IOException {
        JsonNode body = repository.awaitOutcome(call.accessUrl());
        List<X509Certificate> chain = Pem.certificates(body.path("cert").asText());
        Files.writeString(directory.resolve("leaf.pem"), Pem.encode(chain.subList(0, 1)));
        Files.writeString(directory.resolve("issuing.pem"), Pem.encode(chain.subList(1, 2)));
        return chain;
    }

    private String opensslVerifies(String option, String value) throws Exception {
        return openssl(
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                option,
                value,
                "-CAfile",
                ServiceResource.directory().resolve("root-issuing.crt").toString(),
                "-untrusted",
                "issuing.pem",
                "leaf.pem");
    }

    private String openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return said.strip();
    }
}
