package dev.posthouse.ca.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.ca.CaException.IssuanceRefused;
import dev.posthouse.ca.TestCall;
import dev.posthouse.ca.TestSettings;
import dev.posthouse.ca.issuance.Announcements;
import dev.posthouse.ca.issuance.Issuances;
import dev.posthouse.ca.issuance.IssueCertificate;
import dev.posthouse.ca.publication.FakeRepository;
import dev.posthouse.common.accessurl.AccessUrlVerifier;
import dev.posthouse.common.lead.LeadTime;
import dev.posthouse.common.wire.CaCsrRequest;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With {@code ca.csr.unique-key}: one key, one live session (certificates, section 5 rule 8). */
@QuarkusTest
final class UniqueKeyTest {

    @Inject HandoverRules rules;
    @Inject Issuances issuances;
    @Inject Announcements announcements;
    @Inject IssueCertificate issueCertificate;
    @Inject LeadTime leadTime;
    @Inject AccessUrlVerifier accessUrls;
    @Inject Clock clock;

    private final CsrMaker maker = CsrMaker.p256();
    private FakeRepository repository;

    @BeforeEach
    void aRepository() {
        repository = FakeRepository.running();
    }

    @Test
    void refusesAKeyThatServesAnotherLiveSession() {
        TestCall first = call();
        TestCall second = call();
        accept(first);

        assertThatThrownBy(() -> accept(second))
                .isInstanceOfSatisfying(
                        IssuanceRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo("csr.key.in-use"));

        accept(first);
        assertThat(second.recorded("state")).isEqualTo("REFUSED");
        assertThat(repository.awaitOutcome(second.accessUrl()).path("code").asText())
                .isEqualTo("csr.key.in-use");
        assertThat(repository.awaitOutcome(first.accessUrl()).has("cert")).isTrue();
    }

    @Test
    void takesTheKeyOfASessionThatHasEnded() {
        TestCall first = call();
        accept(first);
        TestDatabase.change(
                "update live_key set expires_at = now() - interval '1 s' where jti = ?",
                first.jti());

        accept(call());
    }

    @Test
    void doesNotMindByDefault() {
        call().post().then().statusCode(200);
        call().post().then().statusCode(200);
    }

    private TestCall call() {
        return new TestCall(maker, "192.168.1.7", "203.0.113.7");
    }

    private void accept(TestCall call) {
        AcceptCsr acceptCsr =
                new AcceptCsr(
                        rules,
                        issuances,
                        announcements,
                        issueCertificate,
                        leadTime,
                        TestSettings.with(Map.of("ca.csr.unique-key", "true")));
        CaCsrRequest request =
                new CaCsrRequest(
                        call.csr(),
                        "192.168.1.7",
                        "203.0.113.7",
                        call.sessionName(),
                        call.accessUrl());
        acceptCsr.accept(Handover.of(request, accessUrls, clock.instant()));
    }
}
