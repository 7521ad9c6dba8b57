package dev.posthouse.ca.vitals;

import static dev.posthouse.ca.CaUnderTest.metric;
import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.ca.CaUnderTest;
import dev.posthouse.ca.TestCall;
import dev.posthouse.ca.publication.FakeRepository;
import dev.posthouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see (certificates, section 12). */
@QuarkusTest
final class VitalsTest {

    @Inject Vitals vitals;

    private FakeRepository repository;

    @BeforeEach
    void aRepository() {
        repository = FakeRepository.running();
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void isHealthy(String kind) {
        await(
                "it is healthy",
                () ->
                        RestAssured.get(CaUnderTest.management("/health/" + kind)).statusCode()
                                == 200);
    }

    @Test
    void isReadyByDatabaseSignerAndKeysAlone() {
        RestAssured.get(CaUnderTest.management("/health/ready"))
                .then()
                .body(
                        "checks.name",
                        containsInAnyOrder(
                                "AccessURL verification keys",
                                "Database connections health check",
                                "Graceful Shutdown",
                                "HTTPS port",
                                "signer"));
    }

    @Test
    void isAliveByItselfAlone() {
        RestAssured.get(CaUnderTest.management("/health/live"))
                .then()
                .body("checks.size()", equalTo(0));
    }

    @Test
    void countsWhatItDoes() {
        double issued = metric("posthouse_certificates_issued_total");
        double signed = metric("posthouse_signing_duration_seconds_count");
        double measured = metric("posthouse_issuance_duration_seconds_count");
        double delivered = metric("posthouse_deliveries_total{outcome=\"delivered\"}");
        double refused = metric("posthouse_refusals_total{code=\"csr.pem\"}");
        TestCall call = new TestCall();
        call.post().then().statusCode(200);
        new TestCall().with("csr", "x").post().then().statusCode(400);
        repository.awaitOutcome(call.accessUrl());

        await(
                "the delivery is counted",
                () -> metric("posthouse_deliveries_total{outcome=\"delivered\"}") >= delivered + 2);
        assertThat(metric("posthouse_certificates_issued_total")).isEqualTo(issued + 1);
        assertThat(metric("posthouse_signing_duration_seconds_count")).isEqualTo(signed + 1);
        assertThat(metric("posthouse_issuance_duration_seconds_count")).isEqualTo(measured + 1);
        assertThat(metric("posthouse_refusals_total{code=\"csr.pem\"}")).isEqualTo(refused + 1);
        assertThat(metric("posthouse_lead_time_advertised_seconds")).isPositive();
    }

    @Test
    void looksAtWhatWaitsAndWhatEnds() {
        TestCall call = new TestCall();
        call.post().then().statusCode(200);
        repository.awaitOutcome(call.accessUrl());
        TestDatabase.change(
                "update certificate set not_after = now() + interval '1 day' where jti = ?",
                call.jti());

        vitals.look();
        vitals.lookFurther();

        assertThat(metric("posthouse_certificates_ending_soon")).isPositive();
        assertThat(metric("posthouse_outbox_depth")).isNotNegative();
        assertThat(metric("posthouse_outbox_age_seconds")).isNotNegative();
        assertThat(metric("posthouse_queue_depth")).isNotNegative();
        assertThat(metric("posthouse_deliveries_waiting")).isNotNegative();
        assertThat(metric("posthouse_deliveries_dead")).isNotNegative();
    }

    @Test
    void tellsWhichBuildItIs() {
        assertThat(CaUnderTest.scrape())
                .containsPattern(
                        "posthouse_build_info\\{commit=\"\\w+\",version=\"[\\w.-]+\"} 1\\.0");
    }
}
