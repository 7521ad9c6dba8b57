package dev.posthouse.ca.publication;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.ca.key.SigningKeys;
import dev.posthouse.common.problem.Problem;
import dev.posthouse.common.queue.Breaker;
import dev.posthouse.common.wire.CertRequest;
import dev.posthouse.common.wire.RefusalRequest;
import dev.posthouse.common.x509.Pem;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The repository, as this service calls it (certificates, section 9). When nothing but trouble
 * comes back, calls fail at once for a while.
 */
@Singleton
class RepositoryClient {

    /** What the repository says for good; all else may pass, or is our own misconfiguration. */
    private static final Set<Integer> FINAL = Set.of(400, 409, 413);

    private static final String NAME = "repository";

    private final RepositoryRestClient repository;
    private final SigningKeys keys;
    private final ObjectMapper json;
    private final Breaker breaker;

    RepositoryClient(
            @RestClient RepositoryRestClient repository,
            SigningKeys keys,
            ObjectMapper json,
            CircuitBreakerMaintenance breakers) {
        this.repository = repository;
        this.keys = keys;
        this.json = json;
        this.breaker = new Breaker(breakers, NAME);
    }

    /** What holds calls back while the repository is not well. */
    Breaker breaker() {
        return breaker;
    }

    /**
     * Tells the repository.
     *
     * @throws Refused when it will never take this
     * @throws Unavailable when it may be tried again
     */
    @CircuitBreakerName(NAME)
    @CircuitBreaker(
            requestVolumeThreshold = 20,
            failureRatio = 0.75,
            delay = 1000,
            failOn = Unavailable.class)
    void deliver(Delivery delivery) {
        switch (delivery) {
            case Delivery.OfCertificate issued -> {
                CertRequest request = request(issued);
                call(() -> repository.post(request));
            }
            case Delivery.OfRefusal refused -> call(() -> repository.post(request(refused)));
        }
    }

    private CertRequest request(Delivery.OfCertificate issued) {
        String issuer =
                keys.issuerOf(issued.certificate())
                        .orElseThrow(() ->
                                new Unavailable(
                                        "ca.issuer.key-stores: the issuer is no longer listed",
                                        Duration.ZERO))
                        .pem();
        try {
            return new CertRequest(
                    Pem.encode("CERTIFICATE", issued.certificate().getEncoded()) + issuer,
                    issued.clientAddr().text(),
                    issued.session().name().value(),
                    issued.session().accessUrl());
        } catch (IOException impossible) {
            throw new IllegalStateException("Memory does not fail.", impossible);
        }
    }

    private static RefusalRequest request(Delivery.OfRefusal refused) {
        return new RefusalRequest(
                refused.session().accessUrl(), refused.session().name().value(), refused.code());
    }

    private void call(Supplier<Response> call) {
        try (Response response = call.get()) {
            judge(response);
        } catch (ProcessingException broken) {
            throw new Unavailable(broken.getMessage(), Duration.ZERO);
        }
    }

    private void judge(Response response) {
        int status = response.getStatus();
        if (status == Response.Status.OK.getStatusCode()) {
            return;
        }
        String answer = status + " " + code(response);
        if (FINAL.contains(status)) {
            throw new Refused(answer);
        }
        throw new Unavailable(answer, retryAfter(response));
    }

    /** The problem's code, if it is one of ours. */
    private String code(Response response) {
        try {
            String code = json.readValue(response.readEntity(String.class), Problem.class).code();
            return code != null && code.matches("[a-z0-9.-]{1,64}") ? code : "";
        } catch (IOException | ProcessingException | IllegalStateException notAProblem) {
            return "";
        }
    }

    private static Duration retryAfter(Response response) {
        String seconds = response.getHeaderString("Retry-After");
        return seconds != null && seconds.matches("[0-9]{1,5}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : Duration.ZERO;
    }

    /** The repository will never take this. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String answer) {
            super(answer, null, false, false);
        }
    }

    /** It may be tried again. */
    static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Duration retryAfter;

        Unavailable(String why, Duration retryAfter) {
            super(why, null, false, false);
            this.retryAfter = retryAfter;
        }

        Duration retryAfter() {
            return retryAfter;
        }
    }
}
