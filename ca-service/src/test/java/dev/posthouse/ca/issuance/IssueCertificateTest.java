package dev.posthouse.ca.issuance;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.ca.CaConfig;
import dev.posthouse.ca.CaUnderTest;
import dev.posthouse.ca.MovedClock;
import dev.posthouse.ca.profile.CertificateProfile;
import dev.posthouse.ca.profile.TestDrafts;
import dev.posthouse.ca.publication.FakeRepository;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every state that a step of issuing commits (certificates, sections 9 and 15): whoever finds it
 * brings it to exactly one end.
 */
@QuarkusTest
final class IssueCertificateTest {

    @Inject MovedClock clock;
    @Inject CertificateProfile profile;
    @Inject BatchSigner signer;
    @Inject Issuances issuances;
    @Inject Announcements announcements;
    @Inject IssuanceMetrics metrics;
    @Inject CaConfig settings;

    private FakeRepository repository;

    @BeforeEach
    void aRepository() {
        repository = FakeRepository.running();
    }

    @Test
    void issuesWhatWasRecordedBeforeACrash() {
        TestIssuance found = TestIssuance.any().received();

        repository.awaitOutcome(found.call().accessUrl());

        assertThat(found.call().recorded("state")).isEqualTo("ISSUED");
        assertThat(found.call().serials("ISSUED")).isEqualTo(1);
    }

    @Test
    void answersARepeatOfWhatWasRecordedBeforeACrash() {
        TestIssuance found = TestIssuance.any().received();

        found.call().post().then().statusCode(200);

        repository.awaitOutcome(found.call().accessUrl());
        assertThat(found.call().serials("ISSUED")).isEqualTo(1);
    }

    @Test
    void voidsASerialWhoseSignerDiedAndSignsUnderAnother() {
        TestIssuance found = TestIssuance.any().signing("dead01", Duration.ofSeconds(-1));

        repository.awaitOutcome(found.call().accessUrl());

        assertThat(state("dead01")).isEqualTo("VOID");
        assertThat(found.call().serials("VOID")).isEqualTo(1);
        assertThat(found.call().serials("ISSUED")).isEqualTo(1);
    }

    @Test
    void leavesASerialToItsSignerWhileTheLeaseRuns() {
        TestIssuance found = TestIssuance.any().signing("dead02", Duration.ofSeconds(3));

        IntStream.range(0, 5).forEach(i -> worker().issue());
        assertThat(state("dead02")).isEqualTo("SIGNING");

        repository.awaitOutcome(found.call().accessUrl());
        assertThat(state("dead02")).isEqualTo("VOID");
        assertThat(found.call().serials("ISSUED")).isEqualTo(1);
    }

    @Test
    void throwsASignatureAwayWhoseSerialWasVoidedMeanwhile() {
        TestIssuance found = TestIssuance.any();
        found.add("SIGNING", null, Duration.ofHours(1));
        var opened = opened(found);
        inTransaction(() -> issuances.open(List.of(opened), Duration.ofSeconds(30)));
        var signed = signer.sign(List.of(opened));
        // Another replica has judged this one dead.
        TestDatabase.change(
                "update certificate set state = 'VOID' where jti = ?", found.call().jti());
        TestDatabase.change(
                "update issuance set state = 'RECEIVED', due_at = now() + interval '1 h'"
                        + " where jti = ?",
                found.call().jti());

        inTransaction(() -> assertThat(issuances.close(signed)).isEmpty());

        assertThat(signed).hasSize(1);
        assertThat(found.call().serials("ISSUED")).isZero();
        assertThat(found.call().recorded("state")).isEqualTo("RECEIVED");
        TestDatabase.change("update issuance set due_at = now() where jti = ?", found.call().jti());
        repository.awaitOutcome(found.call().accessUrl());
        assertThat(found.call().serials("ISSUED")).isEqualTo(1);
    }

    @Test
    void triesAgainUnderAnotherSerialWhenASignatureDoesNotVerify() {
        TestIssuance found = TestIssuance.any().add("SIGNING", null, Duration.ofHours(1));
        Opened good = opened(found);
        Opened broken = new Opened(good.issuance(), TestDrafts.withBrokenIssuer(good.draft()));
        double failures = CaUnderTest.metric("posthouse_signing_failures_total");
        inTransaction(() -> issuances.open(List.of(broken), Duration.ofSeconds(30)));

        assertThat(signer.sign(List.of(broken))).isEmpty();

        assertThat(CaUnderTest.metric("posthouse_signing_failures_total")).isEqualTo(failures + 1);
        inTransaction(() -> issuances.giveBack(List.of(broken), issuance -> Duration.ZERO));
        repository.awaitOutcome(found.call().accessUrl());
        assertThat(found.call().serials("VOID")).isEqualTo(1);
        assertThat(found.call().serials("ISSUED")).isEqualTo(1);
        await("it is ready", () -> ready() == 200);
    }

    private Opened opened(TestIssuance found) {
        Issuance issuance =
                QuarkusTransaction.requiringNew()
                        .call(() -> issuances.findById(found.call().jti()).toIssuance());
        return new Opened(issuance, profile.draft(issuance.requester()));
    }

    private static void inTransaction(Runnable step) {
        QuarkusTransaction.requiringNew().run(step);
    }

    @Test
    void neverIssuesTwiceHoweverManyWorkersThereAre() throws InterruptedException {
        List<TestIssuance> found =
                IntStream.range(0, 40).mapToObj(i -> TestIssuance.any().received()).toList();
        IssueCertificate other = worker();
        Thread rival =
                Thread.ofPlatform().start(() -> IntStream.range(0, 50).forEach(i -> other.issue()));
        IssueCertificate third = worker();
        IntStream.range(0, 50).forEach(i -> third.issue());
        rival.join();

        found.forEach(each -> repository.awaitOutcome(each.call().accessUrl()));
        assertThat(found).allMatch(each -> each.call().serials("ISSUED") == 1);
        assertThat(found).allMatch(each -> each.call().serials("SIGNING") == 0);
        assertThat(found).allMatch(each -> repository.calls(each.call().accessUrl()) == 1);
    }

    @Test
    void endsWhatNobodySignedInTime() {
        TestIssuance late = TestIssuance.any().received(Duration.ofSeconds(-1));

        await("it has ended", () -> late.call().recorded("state").equals("EXPIRED"));

        assertThat(late.call().serials("ISSUED")).isZero();
        assertThat(CaUnderTest.metric("posthouse_issuances_expired_total")).isPositive();
    }

    @Test
    void refusesAfterAllWhatTheIssuersConstraintsExcludeByNow() {
        TestIssuance found = TestIssuance.at("172.16.0.1", "203.0.113.7").received();

        var told = repository.awaitOutcome(found.call().accessUrl());

        assertThat(told.path("code").asText()).isEqualTo("address.outside-constraints");
        assertThat(found.call().recorded("state")).isEqualTo("REFUSED");
        found.call()
                .post()
                .then()
                .statusCode(403)
                .body("code", equalTo("address.outside-constraints"));
    }

    @Test
    void isNotReadyWithoutAnIssuerThatIsValidAndLosesNothing() {
        TestIssuance waiting = TestIssuance.any();

        clock.during(
                Duration.ofDays(2000),
                () -> {
                    await("it is not ready", () -> ready() == 503);
                    waiting.received();
                    assertThatThrownBy(worker()::issue)
                            .hasMessageContaining("ca.issuer.key-stores");
                    assertThat(waiting.call().recorded("state")).isEqualTo("RECEIVED");
                });

        repository.awaitOutcome(waiting.call().accessUrl());
        await("it is ready", () -> ready() == 200);
    }

    private static int ready() {
        return RestAssured.get(CaUnderTest.management("/health/ready")).statusCode();
    }

    private static String state(String serial) {
        return TestDatabase.ask("select state from certificate where serial = ?", serial);
    }

    /** Another replica's worker on the same database, run by hand. */
    private IssueCertificate worker() {
        return new IssueCertificate(profile, signer, issuances, announcements, metrics, settings);
    }
}
