package dev.posthouse.repository.vitals;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.repository.RepositoryUnderTest;
import dev.posthouse.repository.TestSession;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see (certificates, section 12). */
@QuarkusTest
class VitalsTest {

    @Inject SeenSpans spans;

    private static String management(String path) {
        return RepositoryUnderTest.management() + path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void isHealthy(String kind) {
        RestAssured.get(management("/health/" + kind))
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"));
    }

    @Test
    void isReadyByDatabaseAndKeysAlone() {
        RestAssured.get(management("/health/ready"))
                .then()
                .body(
                        "checks.name",
                        containsInAnyOrder(
                                "AccessURL verification keys",
                                "Database connections health check",
                                "Graceful Shutdown",
                                "HTTPS port"));
    }

    @Test
    void isAliveByItselfAlone() {
        RestAssured.get(management("/health/live")).then().body("checks.size()", equalTo(0));
    }

    @Test
    void countsWhatItDoes() {
        TestSession session = new TestSession();
        double stored = metric("posthouse_certificates_stored_total");
        double collected = metric("posthouse_certificates_collected_seconds_count");
        double mismatches = metric("posthouse_collector_address_mismatches_total");
        double refused = metric("posthouse_issuances_refused_total");
        session.stored();
        session.collectFrom(TestSession.newAddress()).then().statusCode(403);
        session.collect().then().statusCode(200);
        session.collect().then().statusCode(200);
        new TestSession().refuse("csr.key.size").then().statusCode(200);

        assertThat(metric("posthouse_certificates_stored_total")).isEqualTo(stored + 1);
        assertThat(metric("posthouse_certificates_collected_seconds_count"))
                .isEqualTo(collected + 1);
        assertThat(metric("posthouse_collector_address_mismatches_total"))
                .isEqualTo(mismatches + 1);
        assertThat(metric("posthouse_issuances_refused_total")).isEqualTo(refused + 1);
        assertThat(metric("posthouse_refusals_total")).isPositive();
        assertThat(metric("posthouse_collectors_held")).isZero();
        assertThat(metric("posthouse_outbox_depth")).isNotNegative();
        assertThat(metric("posthouse_outbox_age_seconds")).isNotNegative();
    }

    @Test
    void tellsWhichBuildItIs() {
        assertThat(scrape())
                .containsPattern(
                        "posthouse_build_info\\{commit=\"\\w+\",version=\"[\\w.-]+\"} 1\\.0");
    }

    @Test
    void keepsAccessUrlsOutOfTraces() {
        TestSession session = new TestSession();
        session.stored();
        session.collect().then().statusCode(200);

        await("the collection is traced", () -> spans.text().contains("POST /{token}"));
        assertThat(spans.text()).doesNotContain(session.path()).doesNotContain(session.jti());
    }

    /** The sum of a metric's samples; what follows a sample's value is an exemplar. */
    private static double metric(String name) {
        return Pattern.compile(
                        "^" + Pattern.quote(name) + "(?:\\{[^}]*})? (\\S+)", Pattern.MULTILINE)
                .matcher(scrape())
                .results()
                .mapToDouble(sample -> Double.parseDouble(sample.group(1)))
                .sum();
    }

    private static String scrape() {
        return RestAssured.get(management("/metrics")).asString();
    }
}
