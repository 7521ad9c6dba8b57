package dev.posthouse.client.cert.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeProxy;
import dev.posthouse.client.testing.OpenSsl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestCommandTest extends CertCommandTest {

    @ParameterizedTest
    @CsvSource({"p256, pem", "p384, b64", "rsa2048, pem", "rsa3072, pem", "ed25519, b64"})
    void opensslVerifiesWhatWasWritten(String keyType, String form) {
        CommandRun run = request("--key-type", keyType, "--pem-form", form);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(files()).containsExactly("device.crt", "device.key");
        OpenSsl.Outcome verified =
                OpenSsl.run(
                        "verify",
                        "-x509_strict",
                        "-purpose",
                        "sslserver",
                        "-verify_ip",
                        "127.0.0.1",
                        "-CAfile",
                        site.deviceRoot(),
                        "-untrusted",
                        cert(),
                        cert());
        assertThat(verified.output()).contains("OK");
        assertThat(OpenSsl.run("pkey", "-in", key(), "-pubout").output())
                .isEqualTo(OpenSsl.run("x509", "-in", cert(), "-noout", "-pubkey").output());
    }

    @Test
    void theKeyIsForItsOwnerAloneAndTheCertificateForEverybody() throws Exception {
        request();

        assertThat(mode(key())).isEqualTo("rw-------");
        assertThat(mode(cert())).isEqualTo("rw-r--r--");
    }

    @Test
    void itWaitsTheLeadTimeAndThenAsksOnce() {
        request();

        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(FakeProxy.LEAD_TIME));
        assertThat(site.proxy.requests()).hasSize(1);
        assertThat(site.repository.requests()).hasSize(1);
        assertThat(site.proxy.requests().getFirst().path()).isEqualTo("/csr");
        assertThat(site.proxy.requests().getFirst().contentType()).isEqualTo("application/json");
    }

    @Test
    void itSaysWhatItWrote() {
        CommandRun run = request();

        assertThat(run.out())
                .contains(
                        "wrote " + cert(),
                        "wrote " + key(),
                        "certificate for 127.0.0.1, valid until");
    }

    @Test
    void jsonHoldsWhatAScriptNeeds() throws Exception {
        CommandRun run = request("--json");

        JsonNode outcome = new ObjectMapper().readTree(run.out());
        assertThat(outcome.at("/status").asText()).isEqualTo("issued");
        assertThat(outcome.at("/files/0").asText()).isEqualTo(cert().toString());
        assertThat(outcome.at("/certificate/addresses/0").asText()).isEqualTo("127.0.0.1");
        assertThat(outcome.at("/certificate/dns_names/0").asText())
                .isEqualTo("label.devices.example");
        assertThat(outcome.at("/certificate/key").asText()).isEqualTo("p256");
        assertThat(outcome.at("/certificate/not_after").asText()).endsWith("Z");
    }

    @Test
    void quietSaysNothing() {
        CommandRun run = request("--quiet");

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEmpty();
        assertThat(cert()).exists();
    }

    @Test
    void pkcs12HoldsKeyAndChain() throws Exception {
        Path passphrase = Files.writeString(directory.resolve("pass"), "secret\n");
        Path store = directory.resolve("out/device.p12");

        CommandRun run = request("--p12", store, "--p12-passphrase-file", passphrase);

        assertThat(run.exitCode()).isZero();
        assertThat(files()).containsExactly("device.crt", "device.key", "device.p12");
        assertThat(mode(store)).isEqualTo("rw-------");
        OpenSsl.Outcome read =
                OpenSsl.run("pkcs12", "-in", store, "-nodes", "-passin", "file:" + passphrase);
        assertThat(read.output().split("BEGIN CERTIFICATE", -1)).hasSize(3);
        assertThat(read.output()).contains("BEGIN PRIVATE KEY");
    }

    @Test
    void theDeviceCallsFromTheAddressItAsksFor() {
        CommandRun run = request("--address", "127.0.0.9");

        assertThat(run.exitCode()).isZero();
        assertThat(site.proxy.requests().getFirst().from()).isEqualTo("127.0.0.9");
        assertThat(site.repository.requests().getFirst().from()).isEqualTo("127.0.0.9");
    }

    @Test
    void theSessionNameIsDrawnAnewEachTime() {
        request();
        request("--force");

        var first = site.proxy.requests().getFirst().body();
        var second = site.proxy.requests().getLast().body();
        assertThat(first).containsPattern("\"session_name\":\"[0-9a-f]{64}\"");
        assertThat(first.substring(first.indexOf("session_name")))
                .isNotEqualTo(second.substring(second.indexOf("session_name")));
    }

    @Test
    void aSessionNameOfTheCallersOwnIsUsed() {
        request("--session-name", "kitchen-lamp-0001");

        assertThat(site.proxy.requests().getFirst().body()).contains("\"kitchen-lamp-0001\"");
    }

    @Test
    void nothingIsReplacedOrEvenAskedForWithoutForce() throws Exception {
        Files.writeString(cert(), "mine");

        CommandRun refused = request();
        assertThat(refused.exitCode()).isEqualTo(6);
        assertThat(refused.err()).contains("device.crt exists; use --force");
        assertThat(site.proxy.requests()).isEmpty();
        assertThat(files()).containsExactly("device.crt");

        assertThat(request("--force").exitCode()).isZero();
        assertThat(Files.readString(cert())).startsWith("-----BEGIN CERTIFICATE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--proxy http://127.0.0.1",
                "--proxy https://",
                "--proxy https://user@host",
                "--proxy https://host/?a=b",
                "--address 1.2.3",
                "--address localhost",
                "--session-name short",
                "--pem-form der",
                "--key-type dsa",
                "--timeout soon",
                "--p12 device.p12",
                "--p12-passphrase-file pass",
                "--nonsense"
            })
    void aWrongCommandLineEndsWithTwo(String arguments) {
        CommandRun run = request((Object[]) arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isNotBlank().doesNotContain("\tat ");
        assertThat(files()).isEmpty();
    }

    @Test
    void aRequestThatWritesNowhereIsAWrongCommandLine() {
        CommandRun run =
                run("request", "--proxy", site.proxy.url(), "--trust-anchor", site.trustAnchor());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--out-key and --out-cert, or --p12");
    }

    @Test
    void aDirectoryThatIsNotThereEndsWithSix() {
        CommandRun run = request("--out-cert", directory.resolve("none/device.crt"));

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("none").contains("no such file or directory");
        assertThat(site.proxy.requests()).isEmpty();
    }

    @Test
    void aDirectoryInTheWayIsSeenBeforeTheKeyIsReplaced() throws Exception {
        Files.writeString(key(), "old key");
        Files.createDirectories(cert().resolve("in-the-way"));

        CommandRun run = request("--force");

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("device.crt is a directory");
        assertThat(key()).hasContent("old key");
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
