package dev.posthouse.client.cert.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.file.CertificateFile;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeDoor.Fault;
import dev.posthouse.client.testing.FakeDoor.Reply;
import dev.posthouse.client.testing.FakeRepository;
import dev.posthouse.client.testing.TestSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificates, section 10, Renewal. */
class RenewCommandTest extends CertCommandTest {

    private String oldKey;
    private String oldCert;

    @BeforeEach
    void haveACertificate() throws IOException {
        assertThat(request("--key-type", "p384").exitCode()).isZero();
        oldKey = Files.readString(key());
        oldCert = Files.readString(cert());
    }

    @Test
    void beforeItIsDueNothingHappens() throws IOException {
        time.advance(Duration.ofDays(8));

        CommandRun run = renew();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("not due before");
        assertThat(site.proxy.requests()).hasSize(1);
        assertThat(Files.readString(cert())).isEqualTo(oldCert);
    }

    @Test
    void scriptsSeeWhetherItWasRenewed() {
        assertThat(renew("--json").out()).contains("\"status\" : \"not-due\"", "\"due\" : ");

        time.advance(Duration.ofDays(11));

        assertThat(renew("--json").out()).contains("\"status\" : \"issued\"").doesNotContain("due");
    }

    @Test
    void whenItIsDueKeyAndCertificateAreReplaced() throws IOException {
        time.advance(Duration.ofDays(11));

        CommandRun run = renew();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("wrote " + cert());
        assertThat(Files.readString(key())).isNotEqualTo(oldKey);
        assertThat(Files.readString(cert())).isNotEqualTo(oldCert);
        assertThat(files()).containsExactly("device.crt", "device.key");
    }

    @Test
    void theNewKeyIsOfTheOldKeysType() {
        time.advance(Duration.ofDays(11));

        assertThat(renew("--json").out()).contains("\"key\" : \"p384\"");
        assertThat(renew("--json", "--force", "--key-type", "ed25519").out())
                .contains("\"key\" : \"ed25519\"");
    }

    @Test
    void theKeyStaysWhenItShall() throws IOException {
        assertThat(renew("--force", "--reuse-key").exitCode()).isZero();

        assertThat(Files.readString(key())).isEqualTo(oldKey);
        assertThat(Files.readString(cert())).isNotEqualTo(oldCert);
    }

    @Test
    void anUnfinishedRenewalWithANewKeyIsNotContinuedWhenTheKeyShallStay() throws IOException {
        renew("--force", "--timeout", "0s");
        assertThat(session()).exists();

        assertThat(renew("--reuse-key").exitCode()).isZero();

        assertThat(Files.readString(key())).isEqualTo(oldKey);
    }

    @Test
    void aFailedRenewalLeavesTheOldPair() throws IOException {
        site.repository.next(Fault.reply(Reply.problem(403, "issuance.refused", "No.")));

        CommandRun run = renew("--force");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(Files.readString(key())).isEqualTo(oldKey);
        assertThat(Files.readString(cert())).isEqualTo(oldCert);
        assertThat(files()).containsExactly("device.crt", "device.key");
    }

    @Test
    void anUnfinishedRenewalGoesOnThoughItIsNotDue() throws IOException {
        CommandRun first = renew("--force", "--timeout", "0s");
        assertThat(first.exitCode()).isEqualTo(3);
        assertThat(Files.readString(cert())).isEqualTo(oldCert);

        CommandRun second = renew();

        assertThat(second.exitCode()).isZero();
        assertThat(site.proxy.requests()).hasSize(2);
        assertThat(Files.readString(cert())).isNotEqualTo(oldCert);
        assertThat(session()).doesNotExist();
    }

    @Test
    void anExpiredCertificateIsRenewed() throws IOException {
        time.advance(Duration.ofDays(15));
        site.repository.issuing(csr ->
                List.of(
                        FakeRepository.device(csr)
                                .issue(
                                        TestSite.ISSUING,
                                        csr.key(),
                                        Duration.ofDays(60),
                                        TestSite.CLOCK),
                        TestSite.ISSUING.certificate()));

        assertThat(renew().exitCode()).isZero();
        assertThat(Files.readString(cert())).isNotEqualTo(oldCert);
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path real = directory.resolve("real.crt");
        Files.move(cert(), real);
        Files.createSymbolicLink(cert(), real);

        assertThat(renew("--force").exitCode()).isZero();

        assertThat(cert()).isSymbolicLink();
        assertThat(Files.readString(real)).isNotEqualTo(oldCert);
    }

    @Test
    void aKeyStoreIsRenewedToo() throws IOException {
        Path passphrase = Files.writeString(directory.resolve("pass"), "secret\n");
        Path store = directory.resolve("out/only.p12");
        Object[] only = {
            "--proxy",
            site.proxy.url(),
            "--trust-anchor",
            site.trustAnchor(),
            "--device-root",
            site.deviceRoot(),
            "--p12",
            store,
            "--p12-passphrase-file",
            passphrase
        };
        assertThat(run(with("request", only)).exitCode()).isZero();
        byte[] before = Files.readAllBytes(store);

        CommandRun notDue = run(with("renew", only));
        assertThat(Files.readAllBytes(store)).isEqualTo(before);
        CommandRun forced = run(with("renew", only, "--force", "--reuse-key"));

        assertThat(notDue.out()).contains("not due");
        assertThat(forced.exitCode()).isZero();
        assertThat(Files.readAllBytes(store)).isNotEqualTo(before);
    }

    @Test
    void withoutACertificateThereIsNothingToRenew() throws IOException {
        Files.delete(cert());

        CommandRun run = renew();

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("device.crt: no such file");
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsNotReused() throws IOException {
        Path otherKey = directory.resolve("out/other.key");
        Path otherCert = directory.resolve("out/other.crt");
        request("--key-type", "p384", "--out-key", otherKey, "--out-cert", otherCert);
        Files.writeString(key(), Files.readString(otherKey));

        CommandRun wrong = renew("--force", "--reuse-key");
        Files.writeString(key(), "-----BEGIN EC PRIVATE KEY-----\n");
        CommandRun unreadable = renew("--force", "--reuse-key");

        assertThat(wrong.exitCode()).isEqualTo(6);
        assertThat(wrong.err()).contains("do not belong together");
        assertThat(unreadable.exitCode()).isEqualTo(6);
        assertThat(unreadable.err()).contains("no unencrypted PKCS#8 private key");
    }

    @Test
    void theShortNamesOfTheFilesWork() {
        CommandRun run =
                run(
                        "renew",
                        "--proxy",
                        site.proxy.url(),
                        "--trust-anchor",
                        site.trustAnchor(),
                        "--cert",
                        cert(),
                        "--key",
                        key());

        assertThat(run.exitCode()).isZero();
        assertThat(CertificateFile.read(cert())).hasSize(2);
    }

    private static Object[] with(String command, Object[] arguments, Object... more) {
        return Stream.of(new Object[] {command}, arguments, more).flatMap(Stream::of).toArray();
    }
}
