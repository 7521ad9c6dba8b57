package dev.posthouse.client.cert.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.testing.CommandRun;
import dev.posthouse.client.testing.FakeDoor;
import dev.posthouse.client.testing.FakeDoor.Fault;
import dev.posthouse.client.testing.FakeDoor.Reply;
import dev.posthouse.client.testing.TestSite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, sections 8 and 9, from the client's side. */
class RequestRetriesTest extends CertCommandTest {

    private static final Fault NOT_READY =
            Fault.reply(Reply.problem(404, "cert.not-ready", "Not yet.").retryAfter("3"));

    @Test
    void aCertificateThatIsNotReadyIsAskedForAgainAfterTheTimeItNames() {
        site.repository.next(NOT_READY, NOT_READY);

        assertThat(request().exitCode()).isZero();

        assertThat(site.repository.requests()).hasSize(3);
        assertThat(time.pauses().get(1)).isEqualTo(Duration.ofSeconds(3));
        assertThat(time.pauses().get(2)).isEqualTo(Duration.ofSeconds(3));
        assertThat(time.reasons().get(1)).matches("127.0.0.1:[0-9]+: Not yet.");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void temporaryTroubleIsWaitedOutAtBothDoors(int status) {
        Fault trouble = Fault.reply(Reply.problem(status, "busy", "Later."));
        site.proxy.next(trouble, trouble);
        site.repository.next(trouble);

        assertThat(request().exitCode()).isZero();

        assertThat(site.proxy.requests()).hasSize(3);
        assertThat(site.repository.requests()).hasSize(2);
        assertThat(time.pauses()).hasSize(4);
        assertThat(time.pauses().get(0)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
        assertThat(time.pauses().get(1))
                .isBetween(Duration.ofMillis(1600), Duration.ofMillis(2400));
    }

    @Test
    void aRetryAfterThatIsADateIsObeyed() {
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        time.instant().plusSeconds(90).atZone(ZoneOffset.UTC));
        site.proxy.next(Fault.reply(Reply.problem(503, "busy", "Later.").retryAfter(date)));

        assertThat(request().exitCode()).isZero();

        assertThat(time.pauses().getFirst())
                .isBetween(Duration.ofSeconds(88), Duration.ofSeconds(90));
    }

    @Test
    void aLostAnswerOfTheProxyIsHealedByTheSameBody() {
        site.proxy.next(Fault.LOST_ANSWER);

        assertThat(request().exitCode()).isZero();

        assertThat(site.proxy.requests()).hasSize(2);
        assertThat(site.proxy.requests().get(0).body())
                .isEqualTo(site.proxy.requests().get(1).body());
    }

    @Test
    void aLostAnswerOfTheRepositoryIsHealedByAskingAgain() {
        site.repository.next(Fault.LOST_ANSWER, Fault.LOST_ANSWER);

        assertThat(request().exitCode()).isZero();

        assertThat(site.repository.requests()).hasSize(3);
        assertThat(time.reasons().get(1)).matches("the connection to 127.0.0.1:[0-9]+ broke.*");
    }

    @Test
    void aProxyThatIsNotThereYetIsWaitedFor() throws IOException {
        int port = freePort();
        AtomicReference<FakeDoor> late = new AtomicReference<>();
        time.meanwhile(() ->
                late.set(
                        new FakeDoor(
                                TestSite.tls(TestSite.SERVICES, TestSite.CLOCK, "127.0.0.1"),
                                port,
                                call -> Reply.problem(400, "csr.pem", "No."))));

        CommandRun run = request("--proxy", "https://127.0.0.1:" + port);

        late.get().close();
        assertThat(time.reasons()).containsExactly("127.0.0.1:" + port + " refuses the connection");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aProxyThatIsNeverThereEndsWithThreeWhenTheTimeIsOver() throws IOException {
        CommandRun run = request("--proxy", "https://127.0.0.1:" + freePort(), "--timeout", "10m");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains(" refuses the connection", "the time allowed is over");
        assertThat(time.pauses()).allMatch(pause -> pause.compareTo(Duration.ofSeconds(72)) <= 0);
        assertThat(time.pauses().stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10));
    }

    @Test
    void aNameNobodyKnowsEndsWithThree() {
        CommandRun found = request("--proxy", "https://proxy.invalid", "--timeout", "5s");
        CommandRun given =
                request(
                        "--proxy",
                        "https://proxy.invalid",
                        "--timeout",
                        "5s",
                        "--address",
                        "10.0.0.1");

        assertThat(found.exitCode()).isEqualTo(3);
        assertThat(found.err()).contains("no local address leads to proxy.invalid");
        assertThat(given.exitCode()).isEqualTo(3);
        assertThat(given.err()).contains("no address is known for the name proxy.invalid");
    }

    @Test
    void aShortTimeIsWaitedForAndTheRepositoryAskedOnce() {
        CommandRun run = request("--timeout", "4s");

        assertThat(run.exitCode()).isZero();
        assertThat(time.pauses()).containsExactly(Duration.ofSeconds(4));
        assertThat(site.repository.requests()).hasSize(1);
    }

    @Test
    void aShortTimeEndsWithThreeWhenTheCertificateIsNotThere() {
        site.repository.next(
                Fault.reply(Reply.problem(404, "cert.not-ready", "Not yet.").retryAfter("2")));

        CommandRun run = request("--timeout", "4s");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(site.repository.requests()).hasSize(1);
        assertThat(run.err()).contains("Not yet.", "run the command again");
    }

    @Test
    void withoutAnyTimeNothingIsWaitedFor() {
        CommandRun run = request("--timeout", "0s");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(time.pauses()).isEmpty();
        assertThat(site.repository.requests()).isEmpty();
        assertThat(run.err()).contains("the certificate is being made", "run the command again");
    }

    @Test
    void aCertificateThatNeverComesIsGivenUpWhenTheAccessUrlExpires() {
        Fault[] days = new Fault[50];
        java.util.Arrays.fill(
                days,
                Fault.reply(Reply.problem(404, "cert.not-ready", "Not yet.").retryAfter("3600")));
        site.repository.next(days);

        CommandRun run = request("--timeout", "10d");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(site.repository.requests()).hasSize(24);
    }

    @Test
    void anInterruptedRequestGoesOnWithTheSameSessionAndKey() throws IOException {
        time.interruptAt(0);
        CommandRun first = request();
        boolean interrupted = Thread.interrupted();

        assertThat(first.exitCode()).isEqualTo(3);
        assertThat(interrupted).isTrue();
        assertThat(files()).containsExactly("device.crt.session");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(session())))
                .isEqualTo("rw-------");

        CommandRun second = request();

        assertThat(second.exitCode()).isZero();
        assertThat(site.proxy.requests()).hasSize(1);
        assertThat(files()).containsExactly("device.crt", "device.key");
    }

    @Test
    void aRequestCutOffBeforeTheProxyAnsweredSendsTheSameBodyAgain() {
        site.proxy.next(Fault.LOST_ANSWER);
        CommandRun first = request("--timeout", "0s");

        CommandRun second = request();

        assertThat(first.exitCode()).isEqualTo(3);
        assertThat(second.exitCode()).isZero();
        assertThat(site.proxy.requests()).hasSize(2);
        assertThat(site.proxy.requests().get(0).body())
                .isEqualTo(site.proxy.requests().get(1).body());
    }

    @Test
    void aSessionInProgressMayFindHalfOfItsFilesWritten() throws IOException {
        time.interruptAt(0);
        request();
        assertThat(Thread.interrupted()).isTrue();
        Files.writeString(key(), "written just before the crash");

        assertThat(request().exitCode()).isZero();
        assertThat(Files.readString(key())).startsWith("-----BEGIN PRIVATE KEY");
    }

    @ParameterizedTest
    @CsvSource({
        "--key-type, p384",
        "--pem-form, b64",
        "--session-name, another-session-1",
        "--address, 127.0.0.2"
    })
    void aSessionForSomethingElseIsLeftAndANewOneOpened(String option, String value) {
        request("--timeout", "0s");

        assertThat(request(option, value).exitCode()).isZero();

        assertThat(site.proxy.requests()).hasSize(2);
    }

    @Test
    void aSessionThatExpiredIsLeftAndANewOneOpened() {
        request("--timeout", "0s");
        time.advance(Duration.ofHours(24));

        assertThat(request().exitCode()).isZero();

        assertThat(site.proxy.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "not json", "{\"session_name\":7}"})
    void aDamagedSessionCostsNoMoreThanANewOne(String content) throws IOException {
        Files.writeString(session(), content);

        assertThat(request().exitCode()).isZero();

        assertThat(files()).isEqualTo(List.of("device.crt", "device.key"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
