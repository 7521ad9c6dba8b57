package dev.posthouse.proxy.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.wire.CaCsrRequest;
import dev.posthouse.proxy.ProxySettings;
import dev.posthouse.proxy.ProxyUnderTest;
import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, sections 1, 6 and 9: the CA as this proxy calls it. */
@QuarkusTest
final class CaClientTest {

    @Inject CaClient guarded;
    @Inject CircuitBreakerMaintenance circuitBreakers;

    /** Without the circuit breaker, which other tests and the running worker open as well. */
    private final CaClient client;

    CaClientTest(@RestClient CaRestClient ca, CircuitBreakerMaintenance breakers) {
        client =
                new CaClient(
                        ProxySettings.of("proxy.ca-url", "https://ca.example"),
                        new GuardedCaClient(ca, breakers));
    }

    @AfterEach
    void close() {
        circuitBreakers.resetAll();
    }

    private static CaCsrRequest request() {
        return new CaCsrRequest(
                "csr", "10.0.0.1", "203.0.113.7", ProxyUnderTest.sessionName(), "https://r/x");
    }

    @Test
    void learnsHowTheCaSeesThisProxy() {
        try (FakeCa ca =
                new FakeCa().seeing(200, "{\"lead_time\":2,\"observed_addr\":\"8.8.8.8\"}")) {
            assertThat(client.observedAddress()).contains(IpAddress.parse("8.8.8.8"));
            assertThat(ca.callers()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"lead_time\":2}",
                "200 | {\"lead_time\":2,\"observed_addr\":\"localhost\"}",
                "200 | garbage",
                "403 | {\"code\":\"caller.role\"}",
                "503 | {}",
            })
    void learnsNothingFromAnythingElse(int status, String body) {
        try (FakeCa ca = new FakeCa().seeing(status, body)) {
            assertThat(client.observedAddress()).isEmpty();
            assertThat(ca.callers()).hasSize(1);
        }
    }

    @Test
    void learnsNothingWhileTheCaIsAway() {
        assertThat(client.observedAddress()).isEmpty();
    }

    /** A server that the internal service CA does not vouch for gets nothing. */
    @Test
    void tellsNothingToAServerItDoesNotTrust() {
        TestPki elsewhere = new TestPki();
        try (FakeCa forged = new FakeCa(elsewhere.service("ca-service"))) {
            assertThat(client.submit(request())).isInstanceOf(CaAnswer.Trouble.class);
            assertThat(client.observedAddress()).isEmpty();
            assertThat(forged.callers()).isEmpty();
        }
    }

    @Test
    void tellsNothingToAServerOfAnotherName() {
        TestPki.Identity other =
                TestPki.shared().leaf("ca-service").dns("elsewhere.example").build();
        try (FakeCa named = new FakeCa(other)) {
            assertThat(client.submit(request())).isInstanceOf(CaAnswer.Trouble.class);
            assertThat(named.callers()).isEmpty();
        }
    }

    @Test
    void followsNoRedirect() {
        String elsewhere = "https://localhost:" + ServiceResource.port("ca") + "/csr";
        try (FakeCa ca = new FakeCa()) {
            ca.otherwise(n -> new FakeCa.Answer(307, null, Map.of("Location", elsewhere)));
            CaCsrRequest request = request();

            assertThat(client.submit(request)).isInstanceOf(CaAnswer.Trouble.class);
            assertThat(ca.received(request.sessionName())).hasSize(1);
        }
    }

    @Test
    void asksNoMoreOfACaThatIsNotWell() {
        try (FakeCa ca = new FakeCa().otherwise(n -> new FakeCa.Answer(500, null, Map.of()))) {
            for (int call = 0; call < 20; call++) {
                assertThat(guarded.submit(request())).isInstanceOf(CaAnswer.Trouble.class);
            }
            CaCsrRequest request = request();

            assertThat(guarded.submit(request)).isInstanceOf(CaAnswer.Trouble.class);
            assertThat(ca.received(request.sessionName())).isEmpty();
        }
    }

    @Test
    void asksAsEverOnceAnAnswerIsGood() {
        try (FakeCa ca = new FakeCa().otherwise(n -> new FakeCa.Answer(500, null, Map.of()))) {
            for (int call = 0; call < 20; call++) {
                guarded.submit(request());
            }
            ca.otherwise(n -> FakeCa.Answer.taken());

            // The worker may have the one try of a breaker that is half open.
            ProxyUnderTest.await(() -> guarded.submit(request()) instanceof CaAnswer.Taken);

            assertThat(state()).isEqualTo(CircuitBreakerState.CLOSED);
        }
    }

    private CircuitBreakerState state() {
        return circuitBreakers.currentState("ca");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://ca.example", "https://ca.example/?a=b", "ca.example"})
    void namesAUrlThatIsNotHttps(String url) {
        assertThatThrownBy(() -> new CaClient(ProxySettings.of("proxy.ca-url", url), null))
                .hasMessageStartingWith("proxy.ca-url: ");
    }
}
