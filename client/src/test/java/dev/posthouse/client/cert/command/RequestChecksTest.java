package dev.posthouse.client.cert.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.pki.Authority;
import dev.posthouse.client.pki.KeyType;
import dev.posthouse.client.pki.RootCa;
import dev.posthouse.client.pki.TestDevice;
import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeDoor.Fault;
import dev.posthouse.client.testing.FakeDoor.Reply;
import dev.posthouse.client.testing.FakeRepository;
import dev.posthouse.client.testing.TestSite;
import dev.posthouse.common.x509.Csr;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Certificates, section 8, last point: the client checks what it gets before anything is written.
 */
class RequestChecksTest extends CertCommandTest {

    @Test
    void aCertificateAboutAnotherKeyIsNotWritten() {
        assertRefused(
                csr ->
                        chain(
                                FakeRepository.device(csr)
                                        .issue(
                                                TestSite.ISSUING,
                                                KeyType.P256.generate().getPublic(),
                                                TestSite.CLOCK)),
                "is about another key");
    }

    @Test
    void aCertificateForAnotherAddressIsNotWritten() {
        assertRefused(
                csr -> issue(csr, TestDevice.at("127.0.0.2").named("a.devices.example")),
                "is not for the address 127.0.0.1");
    }

    @Test
    void aCertificateThatSpellsTheAddressAsANameIsNotWritten() {
        assertRefused(
                csr -> issue(csr, TestDevice.at().named("127.0.0.1")),
                "is not for the address 127.0.0.1");
    }

    @Test
    void aCertificateOutsideTheNameConstraintsIsNotWritten() {
        assertRefused(
                csr -> issue(csr, TestDevice.at("127.0.0.1", "203.0.113.7")),
                "does not lead to a root");
        assertRefused(
                csr -> issue(csr, FakeRepository.device(csr).named("www.example.org")),
                "does not lead to a root");
    }

    @Test
    void aChainToAnotherRootIsNotWritten() {
        Authority other = TestSite.issuing(RootCa.create("Another root", TestSite.CLOCK));

        assertRefused(
                csr ->
                        List.of(
                                FakeRepository.device(csr).issue(other, csr.key(), TestSite.CLOCK),
                                other.certificate()),
                "does not lead to a root");
        assertRefused(
                csr ->
                        List.of(
                                FakeRepository.device(csr).issue(other, csr.key(), TestSite.CLOCK),
                                other.certificate(),
                                other.chain().getLast()),
                "does not lead to a root");
    }

    @Test
    void aChainWithoutItsIntermediateIsNotWritten() {
        assertRefused(
                csr -> List.of(FakeRepository.issue(csr).getFirst()), "does not lead to a root");
    }

    @Test
    void aChainInTheWrongOrderIsNotWritten() {
        assertRefused(csr -> FakeRepository.issue(csr).reversed(), "is about another key");
    }

    @Test
    void aChainWithoutEndIsNotWritten() {
        assertRefused(
                csr -> Collections.nCopies(20, FakeRepository.issue(csr).getFirst()), "too long");
    }

    @Test
    void aCertificateOfACaIsNotWritten() {
        assertRefused(
                csr -> List.of(TestDevice.ca(TestSite.ROOT, csr.key(), TestSite.CLOCK)),
                "is a CA's");
    }

    @Test
    void aRootAtTheEndOfTheChainIsToleratedThoughItProvesNothing() {
        site.repository.issuing(csr ->
                List.of(
                        FakeRepository.issue(csr).getFirst(),
                        TestSite.ISSUING.certificate(),
                        TestSite.ROOT.certificate()));

        assertThat(request().exitCode()).isZero();
    }

    @Test
    void withoutADeviceRootTheChainMustLeadToTheTrustAnchor() {
        CommandRun run = request("--device-root", site.trustAnchor());

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("does not lead to a root in " + site.trustAnchor());
    }

    @Test
    void aNameThatIsNotEchoedIsRefused() {
        site.repository.next(
                Fault.reply(
                        Reply.json(200, "{\"cert\":\"x\",\"session_name\":\"another-session\"}")));

        assertThat(request()).matches(run -> run.exitCode() == 5 && run.err().contains("session"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{} {}",
                "{\"cert\":1}",
                "{\"session_name\":\"kitchen-lamp-0001\"}",
                "{\"cert\":\"\",\"session_name\":\"kitchen-lamp-0001\"}",
                "{\"cert\":\"-----BEGIN CERTIFICATE-----\",\"session_name\":\"kitchen-lamp-0001\"}",
                "{\"cert\":\"AAAA\",\"cert\":\"AAAA\",\"session_name\":\"kitchen-lamp-0001\"}"
            })
    void anAnswerOfTheRepositoryThatIsNoneEndsWithFive(String body) {
        site.repository.next(Fault.reply(Reply.json(200, body)));

        CommandRun run = request("--session-name", "kitchen-lamp-0001");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"access_url\":\"http://127.0.0.1/x\",\"lead_time\":1}",
                "{\"access_url\":\"/x\",\"lead_time\":1}",
                "{\"access_url\":\"https://user@127.0.0.1/x\",\"lead_time\":1}",
                "{\"access_url\":\"https://[\",\"lead_time\":1}",
                "{\"access_url\":\"https://127.0.0.1/x\",\"lead_time\":-1}",
                "{\"access_url\":\"https://127.0.0.1/x\",\"lead_time\":\"5\"}"
            })
    void anAnswerOfTheProxyThatIsNoneEndsWithFive(String body) {
        site.proxy.next(Fault.reply(Reply.json(200, body)));

        CommandRun run = request();

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "text/json",
                "application/json-seq",
                "application/problem+json"
            })
    void anotherMediaTypeEndsWithFive(String type) {
        site.proxy.next(Fault.reply(new Reply(200, Map.of("Content-Type", type), "{}")));

        assertThat(request()).matches(run -> run.exitCode() == 5 && run.err().contains("not JSON"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json;charset=UTF-8", "Application/JSON"})
    void jsonIsJsonHoweverItIsWritten(String type) {
        site.proxy.next(work -> new Reply(200, Map.of("Content-Type", type), work.get().body()));

        assertThat(request().exitCode()).isZero();
    }

    @Test
    void anAnswerThatIsTooLargeIsNotReadToItsEnd() {
        site.repository.next(Fault.reply(Reply.json(200, " ".repeat(8 << 20) + "{}")));

        CommandRun run = request();

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("too large");
        assertThat(site.repository.requests()).hasSize(1);
    }

    @Test
    void aCertificateThatIsNotValidYetPointsAtTheClock() {
        time.advance(Duration.ofHours(-20));

        CommandRun run = request();

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("this machine's clock says " + time.instant());
        assertThat(files()).containsExactly("device.crt.session");

        time.advance(Duration.ofHours(20));
        assertThat(request().exitCode()).isZero();
        assertThat(site.proxy.requests()).hasSize(1);
    }

    @Test
    void aCertificateThatExpiredOnItsWayPointsAtTheClock() {
        time.advance(Duration.ofDays(20));

        CommandRun run = request();

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("this machine's clock says");
    }

    private void assertRefused(Function<Csr, List<X509Certificate>> issue, String words) {
        site.repository.issuing(issue);

        CommandRun run = request();

        assertThat(run.err()).contains(words);
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(files()).isEmpty();
    }

    private static List<X509Certificate> issue(Csr csr, TestDevice device) {
        return chain(device.issue(TestSite.ISSUING, csr.key(), TestSite.CLOCK));
    }

    private static List<X509Certificate> chain(X509Certificate leaf) {
        return List.of(leaf, TestSite.ISSUING.certificate());
    }
}
