package dev.posthouse.ca.publication;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.ca.TestCall;
import dev.posthouse.ca.issuance.TestIssuance;
import dev.posthouse.ca.publication.FakeRepository.Misbehaviour.Answers;
import dev.posthouse.ca.publication.FakeRepository.Misbehaviour.LosesAnswer;
import dev.posthouse.common.x509.Pem;
import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the CA to the repository, whatever happens on the way (certificates, sections 8 and 9). */
@QuarkusTest
final class PublishCertificateTest {

    @Inject PurgeDeadLetters purgeDeadLetters;
    @Inject TlsConfigurationRegistry registry;
    @Inject CircuitBreakerMaintenance breakers;
    @Inject Event<CertificateUpdatedEvent> updates;

    private FakeRepository repository;

    @BeforeEach
    void aRepository() {
        repository = FakeRepository.running();
    }

    @AfterEach
    void aClosedBreaker() {
        breakers.resetAll();
    }

    @Test
    void sendsTheChainWithoutTheRoot() {
        TestCall call = accepted();

        var body = repository.awaitOutcome(call.accessUrl());

        assertThat(body.path("client_addr").asText()).isEqualTo("192.168.1.7");
        assertThat(body.path("session_name").asText()).isEqualTo(call.sessionName());
        var chain = Pem.certificates(body.path("cert").asText());
        assertThat(chain).hasSize(2);
        assertThat(chain.getFirst().getIssuerX500Principal())
                .isEqualTo(chain.getLast().getSubjectX500Principal());
        assertThat(chain.getLast().getIssuerX500Principal())
                .isNotEqualTo(chain.getLast().getSubjectX500Principal());
        await("nothing is left to deliver", () -> waiting(call) == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "401, caller.unauthenticated",
        "403, caller.role",
        "403, access-url.invalid",
        "403, address.forbidden",
        "404, path",
        "405, method",
        "408, body.too-slow",
        "415, content-type",
        "429, rate.limited",
        "500, internal",
        "502, ''",
        "503, dependency.database"
    })
    void triesAgainAfterTrouble(int status, String code) {
        repository.misbehave(new Answers(status, code, 0));

        TestCall call = accepted();

        repository.awaitOutcome(call.accessUrl());
        await("nothing is left to deliver", () -> waiting(call) == 0);
        assertThat(repository.calls(call.accessUrl())).isEqualTo(2);
    }

    @Test
    void sendsTheSameAgainWhenTheAnswerIsLost() {
        repository.misbehave(new LosesAnswer(), new LosesAnswer());

        TestCall call = accepted();

        await("it was sent again", () -> repository.calls(call.accessUrl()) == 3);
        await("nothing is left to deliver", () -> waiting(call) == 0);
    }

    @Test
    void waitsAsLongAsItIsAskedTo() {
        repository.misbehave(new Answers(503, "dependency.database", 3));
        long begun = System.nanoTime();

        TestCall call = accepted();

        repository.awaitOutcome(call.accessUrl());
        // By itself it would try again within a second.
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(Duration.ofSeconds(3));
        assertThat(repository.calls(call.accessUrl())).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"400, cert.pem", "409, cert.conflict", "413, body.too-large"})
    void keepsADeadLetterWhenTheRepositoryRefusesForGood(int status, String code) {
        repository.misbehave(new Answers(status, code, 0));

        TestCall call = accepted();

        await("it is a dead letter", () -> (status + " " + code).equals(failure(call)));
        assertThat(repository.calls(call.accessUrl())).isEqualTo(1);

        // As the README says it can be driven again.
        TestDatabase.change(
                "update delivery set failure = null, due_at = now() where jti = ?", call.jti());
        repository.awaitOutcome(call.accessUrl());
    }

    @Test
    void deliversWhatWasCommittedBeforeACrash() {
        TestIssuance found = TestIssuance.any();
        found.add("ISSUED", null, Duration.ofHours(1));
        byte[] der = certificate();

        queue(found.call(), der, null, Duration.ofHours(1));

        assertThat(repository.awaitOutcome(found.call().accessUrl()).has("cert")).isTrue();
    }

    @Test
    void deliversARefusalThatWasCommittedBeforeACrash() {
        TestIssuance found = TestIssuance.any().add("REFUSED", "csr.key.size", Duration.ofHours(1));

        queue(found.call(), null, "csr.key.size", Duration.ofHours(1));

        assertThat(repository.awaitOutcome(found.call().accessUrl()).path("code").asText())
                .isEqualTo("csr.key.size");
        found.call().post().then().statusCode(400);
    }

    @Test
    void givesUpWhenTheSessionHasEnded() {
        TestCall call = new TestCall();

        queue(call, null, "csr.key.size", Duration.ofSeconds(-1));

        await("it is forgotten", () -> waiting(call) == 0);
        assertThat(repository.calls(call.accessUrl())).isZero();
    }

    @Test
    void forgetsDeadLettersAnHourAfterTheirSessionEnded() {
        TestCall recent = new TestCall();
        TestCall old = new TestCall();
        repository.misbehave(new Answers(409, "x", 0), new Answers(409, "x", 0));
        queue(recent, null, "csr.key.size", Duration.ofMinutes(1));
        queue(old, null, "csr.key.size", Duration.ofMinutes(1));
        await("both are dead", () -> failure(recent) != null && failure(old) != null);
        TestDatabase.change(
                "update delivery set expires_at = now() - interval '61 min' where jti = ?",
                old.jti());

        purgeDeadLetters.purge();

        assertThat(waiting(recent)).isEqualTo(1);
        assertThat(waiting(old)).isZero();
    }

    @Test
    void losesNothingWhileTheRepositoryIsAway() {
        repository.stop();
        List<TestCall> calls = IntStream.range(0, 30).mapToObj(i -> accepted()).toList();
        calls.forEach(call -> await("it is issued", () -> call.serials("ISSUED") == 1));
        assertThat(calls).allMatch(call -> waiting(call) == 1);

        repository.start();

        calls.forEach(call -> repository.awaitOutcome(call.accessUrl()));
        assertThat(calls).allMatch(call -> call.serials("ISSUED") == 1);
    }

    /** What the circuit breaker would turn away stays as it is, and lengthens no pause. */
    @Test
    void countsNoAttemptThatNeverLeft() throws InterruptedException {
        repository.misbehave(
                Collections.nCopies(200, new Answers(500, "internal", 0)).toArray(Answers[]::new));
        IntStream.range(0, 20).forEach(i -> accepted());
        await(
                "the circuit breaker opens",
                () -> breakers.currentState("repository") == CircuitBreakerState.OPEN);
        List<TestCall> calls = IntStream.range(0, 5).mapToObj(i -> accepted()).toList();
        calls.forEach(call -> await("it is queued", () -> waiting(call) == 1));
        Thread.sleep(2_500);

        await(
                "each has as many attempts as calls",
                () ->
                        calls.stream()
                                .allMatch(call ->
                                        attempts(call) == repository.calls(call.accessUrl())));
    }

    /** As the service does every {@code reload-period}, which is an hour in these tests. */
    @Test
    void showsARenewedCertificateWithoutARestart() {
        repository.awaitOutcome(accepted().accessUrl());
        TestPki.Identity renewed = TestPki.shared().service("ca-service");
        renewed.write(ServiceResource.directory(), "server");
        TlsConfiguration peer = registry.get("peer").orElseThrow();
        peer.reload();
        updates.fire(new CertificateUpdatedEvent("peer", peer));
        // An old connection keeps the certificate it was made with.
        repository.stop();
        repository.start();

        repository.awaitOutcome(accepted().accessUrl());

        assertThat(repository.peers())
                .contains(renewed.certificate().getSerialNumber().toString(16));
    }

    private static TestCall accepted() {
        TestCall call = new TestCall();
        call.post().then().statusCode(200);
        return call;
    }

    /** The DER of a certificate that this CA has issued. */
    private byte[] certificate() {
        TestCall call = accepted();
        repository.awaitOutcome(call.accessUrl());
        String hex =
                TestDatabase.ask(
                        "select encode(der, 'hex') from certificate where jti = ?", call.jti());
        return HexFormat.of().parseHex(hex);
    }

    private static void queue(TestCall call, byte[] der, String code, Duration left) {
        TestDatabase.change(
                "insert into delivery (jti, session_name, access_url, client_addr, certificate,"
                        + " refusal_code, received_at, expires_at, attempts, due_at)"
                        + " values (?, ?, ?, '192.168.1.7', ?, ?, now(), ?, 0, now())",
                call.jti(),
                call.sessionName(),
                call.accessUrl(),
                der,
                code,
                Timestamp.from(Instant.ofEpochMilli(System.currentTimeMillis()).plus(left)));
    }

    private static int waiting(TestCall call) {
        return Integer.parseInt(
                TestDatabase.ask("select count(*) from delivery where jti = ?", call.jti()));
    }

    private static int attempts(TestCall call) {
        return Integer.parseInt(
                TestDatabase.ask("select attempts from delivery where jti = ?", call.jti()));
    }

    private static String failure(TestCall call) {
        return TestDatabase.ask("select failure from delivery where jti = ?", call.jti());
    }
}
