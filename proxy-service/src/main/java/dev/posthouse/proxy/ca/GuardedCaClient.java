package dev.posthouse.proxy.ca;

import dev.posthouse.common.queue.Breaker;
import dev.posthouse.common.wire.CaCsrRequest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** One circuit breaker for one target: no connection and 5xx open it, refusals do not. */
@ApplicationScoped
class GuardedCaClient {

    private static final String NAME = "ca";

    private final CaRestClient ca;
    private final Breaker breaker;

    GuardedCaClient(@RestClient CaRestClient ca, CircuitBreakerMaintenance breakers) {
        this.ca = ca;
        this.breaker = new Breaker(breakers, NAME);
    }

    Breaker breaker() {
        return breaker;
    }

    @CircuitBreakerName(NAME)
    @CircuitBreaker(requestVolumeThreshold = 20, failureRatio = 0.5, delay = 1_000)
    Response csr(CaCsrRequest request) {
        Response response = ca.csr(request);
        if (response.getStatus() >= 500 && response.getStatus() != 503) {
            response.close();
            throw new Unwell(response.getStatus());
        }
        return response;
    }

    Response state() {
        return ca.state();
    }

    /** The CA answers, but not as one that is well. */
    static final class Unwell extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unwell(int status) {
            super("HTTP " + status, null, false, false);
        }
    }
}
