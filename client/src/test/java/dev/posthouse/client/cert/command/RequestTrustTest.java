package dev.posthouse.client.cert.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.pki.ServicesCa;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeDoor;
import dev.posthouse.client.testing.FakeDoor.Reply;
import dev.posthouse.client.testing.TestSite;
import dev.posthouse.common.x509.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the client trusts: certificates, section 1. */
class RequestTrustTest extends CertCommandTest {

    @Test
    void aMissingTrustAnchorIsNamed() {
        CommandRun run = request("--trust-anchor", directory.resolve("none.pem"));

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("no trust anchor", "none.pem: no such file", "Install the certificate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            })
    void aTrustAnchorFileWithoutCertificateIsNamed(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("broken.pem"), content);

        CommandRun run = request("--trust-anchor", file);

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("no trust anchor", "broken.pem");
        assertThat(site.proxy.requests()).isEmpty();
    }

    @Test
    void aServerThatDoesNotLeadToTheAnchorIsNotTrusted() throws IOException {
        Path other =
                Files.writeString(
                        directory.resolve("other.pem"),
                        Pem.encode(ServicesCa.create("Another", TestSite.CLOCK).chain()));

        CommandRun run = request("--trust-anchor", other);

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err())
                .contains("'s certificate does not lead to a trust anchor in " + other);
        assertThat(time.pauses()).isEmpty();
    }

    @Test
    void aServerWithAnotherNameIsNotTrusted() {
        CommandRun run =
                askAServerWith(TestSite.tls(TestSite.SERVICES, TestSite.CLOCK, "10.0.0.1"));

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("for another name or address");
    }

    @Test
    void anExpiredServerCertificatePointsAtTheClock() {
        Clock past = Clock.offset(TestSite.CLOCK, Duration.ofDays(-3));

        CommandRun run = askAServerWith(TestSite.tls(TestSite.SERVICES, past, "127.0.0.1"));

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("has expired", "clock says " + time.instant());
    }

    @Test
    void aServerCertificateOfTheFuturePointsAtTheClock() {
        Clock future = Clock.offset(TestSite.CLOCK, Duration.ofDays(3));

        CommandRun run = askAServerWith(TestSite.tls(TestSite.SERVICES, future, "127.0.0.1"));

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("is not valid yet", "clock says " + time.instant());
    }

    @Test
    void tls12WillDo() {
        SSLContext tls = TestSite.tls(TestSite.SERVICES, TestSite.CLOCK, "127.0.0.1");
        SSLParameters old = new SSLParameters();
        old.setProtocols(new String[] {"TLSv1.2"});
        try (FakeDoor door = new FakeDoor(tls, old, call -> Reply.problem(400, "csr.pem", "No."))) {
            assertThat(request("--proxy", door.url()).exitCode()).isEqualTo(1);
        }
    }

    private CommandRun askAServerWith(SSLContext tls) {
        try (FakeDoor door = new FakeDoor(tls, call -> Reply.problem(500, "no", "No."))) {
            CommandRun run = request("--proxy", door.url());
            assertThat(door.requests()).isEmpty();
            assertThat(time.pauses()).isEmpty();
            return run;
        }
    }
}
