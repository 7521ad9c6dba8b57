package dev.posthouse.proxy.vitals;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.await;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.posthouse.proxy.ProxyUnderTest;
import dev.posthouse.proxy.ca.FakeCa;
import dev.posthouse.testing.CommittedFile;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.TestDoor;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 12: health and metrics, on the management port and nowhere else. */
@QuarkusTest
final class ManagementTest {

    @TestHTTPResource(tls = true)
    URI url;

    @TestHTTPResource(value = "", management = true)
    URI management;

    private String management() {
        return management.toString().replaceAll("/$", "");
    }

    private String metrics() {
        return given().get(management() + "/metrics").then().statusCode(200).extract().asString();
    }

    /** The sum of all samples of that name whose labels hold a text. */
    private double metric(String name, String label) {
        Matcher sample =
                Pattern.compile("(?m)^" + name + "(\\{[^}]*})? ([0-9.E+-]+)").matcher(metrics());
        double sum = Double.NaN;
        while (sample.find()) {
            if (String.valueOf(sample.group(1)).contains(label)) {
                sum = (Double.isNaN(sum) ? 0 : sum) + Double.parseDouble(sample.group(2));
            }
        }
        assertThat(sum).as(name).isNotNaN();
        return sum;
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void tellsItsHealth(String kind) {
        given().get(management() + "/health/" + kind)
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health",
                "/q/health/ready",
                "/q/metrics",
                "/q/openapi",
                "/q/swagger-ui",
                "/openapi",
                "/metrics"
            })
    void showsNothingOfThatAtTheDoor(String path) {
        new TestDoor(url)
                .anonymous()
                .header("Forwarded", "for=" + address())
                .get(path)
                .then()
                .statusCode(404);
    }

    @Test
    void isDescribedAsCommitted() {
        String served =
                given().get(management() + "/openapi").then().statusCode(200).extract().asString();

        CommittedFile.check(Path.of("../docs/openapi/proxy-service.yaml"), served);
    }

    @Test
    void offersNoSwaggerUi() {
        given().get(management() + "/swagger-ui").then().statusCode(404);
    }

    @Test
    void tellsWhichBuildRuns() {
        assertThat(metrics())
                .containsPattern("posthouse_build_info\\{commit=\"[^\"]+\",version=\"0");
    }

    @Test
    void countsWhatItAcceptsRefusesAndHandsOver() {
        try (FakeCa ca = new FakeCa()) {
            ProxyUnderTest proxy = new ProxyUnderTest(url);
            double acceptedBefore = metric("posthouse_csr_accepted_total", "");
            double handedBefore = metric("posthouse_handovers_total", "outcome=\"accepted\"");
            double latencyBefore = metric("posthouse_handover_latency_seconds_count", "");
            proxy.post("garbage", sessionName(), address()).then().statusCode(400);
            double refusedBefore = metric("posthouse_refusals_total", "code=\"csr.pem\"");

            String session = sessionName();
            String client = address();
            String csr = CsrMaker.p256().csr(session, client);
            proxy.post(csr, session, client).then().statusCode(200);
            proxy.post(csr, session, client).then().statusCode(200);
            proxy.post("garbage", sessionName(), address()).then().statusCode(400);

            assertThat(metric("posthouse_csr_accepted_total", "")).isEqualTo(acceptedBefore + 1);
            assertThat(metric("posthouse_refusals_total", "code=\"csr.pem\""))
                    .isEqualTo(refusedBefore + 1);
            await(() ->
                    metric("posthouse_handovers_total", "outcome=\"accepted\"")
                            >= handedBefore + 1);
            assertThat(metric("posthouse_handover_latency_seconds_count", ""))
                    .isGreaterThan(latencyBefore);
            assertThat(ca.callers()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "posthouse_queue_depth",
                "posthouse_queue_age_seconds",
                "posthouse_outbox_depth",
                "posthouse_outbox_age_seconds",
                "posthouse_lead_time_advertised_seconds",
                "posthouse_lead_time_real_seconds_count",
                "posthouse_handover_latency_seconds_bucket",
            })
    void measures(String name) {
        assertThat(metric(name, "")).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"accepted", "refused", "expired", "retried"})
    void countsEachOutcomeFromTheStart(String outcome) {
        assertThat(metric("posthouse_handovers_total", "outcome=\"" + outcome + "\""))
                .isNotNegative();
    }
}
