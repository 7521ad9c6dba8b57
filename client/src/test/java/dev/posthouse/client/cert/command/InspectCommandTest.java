package dev.posthouse.client.cert.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.client.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectCommandTest extends CertCommandTest {

    @BeforeEach
    void haveACertificate() {
        assertThat(request("--session-name", "kitchen-lamp-0001").exitCode()).isZero();
    }

    @Test
    void itShowsWhatIsInTheCertificate() {
        CommandRun run = run("inspect", cert());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .contains(
                        "subject    CN=kitchen-lamp-0001",
                        "addresses  127.0.0.1",
                        "names      label.devices.example",
                        "key        p256",
                        "state      valid")
                .anyMatch(line -> line.startsWith("chain      CN=Posthouse issuing CA"))
                .noneMatch(line -> line.startsWith("verified"));
    }

    @Test
    void itSaysWhetherTheChainVerifies() {
        CommandRun good = run("inspect", cert(), "--device-root", site.deviceRoot());
        CommandRun bad = run("inspect", cert(), "--device-root", site.trustAnchor());

        assertThat(good.exitCode()).isZero();
        assertThat(good.out()).contains("verified   yes");
        assertThat(bad.exitCode()).isEqualTo(5);
        assertThat(bad.out()).contains("verified   no: the certificate's chain does not lead");
    }

    @Test
    void jsonHoldsTheSame() throws Exception {
        CommandRun run = run("inspect", "--json", cert(), "--device-root", site.deviceRoot());

        JsonNode found = new ObjectMapper().readTree(run.out());
        assertThat(found.at("/subject").asText()).isEqualTo("CN=kitchen-lamp-0001");
        assertThat(found.at("/verified").asBoolean()).isTrue();
        assertThat(found.at("/state").asText()).isEqualTo("valid");
        assertThat(found.at("/sha256").asText()).hasSize(64);
    }

    @Test
    void aCertificateOutOfItsTimeIsCalledSo() {
        time.advance(Duration.ofDays(15));
        assertThat(run("inspect", cert()).out()).contains("state      expired");
        assertThat(run("inspect", cert(), "--device-root", site.deviceRoot()).exitCode())
                .isEqualTo(5);

        time.advance(Duration.ofDays(-30));
        assertThat(run("inspect", cert()).out()).contains("state      not valid yet");
    }

    @Test
    void itReadsPkcs12() throws IOException {
        Path passphrase = Files.writeString(directory.resolve("pass"), "secret\n");
        Path store = directory.resolve("out/device.p12");
        request("--force", "--p12", store, "--p12-passphrase-file", passphrase);

        CommandRun run = run("inspect", store, "--p12-passphrase-file", passphrase);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("addresses  127.0.0.1");
    }

    @Test
    void aFileThatIsNoCertificateEndsWithSix() {
        CommandRun run = run("inspect", key());

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("device.key");
        assertThat(run("inspect", directory.resolve("none")).exitCode()).isEqualTo(6);
    }
}
