package dev.posthouse.proxy.ca;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.queue.Breaker;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.common.wire.CaCsrRequest;
import dev.posthouse.common.wire.StateResponse;
import dev.posthouse.proxy.ProxyConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/** The CA, as a proxy sees it: mutual TLS, three seconds to connect, ten to answer. */
@Startup
@ApplicationScoped
public class CaClient {

    private static final Logger LOG = Logger.getLogger(CaClient.class);

    /** Refusals that the next try would meet again, whatever their code. */
    private static final Set<Integer> FINAL = Set.of(400, 409, 413);

    private final GuardedCaClient guarded;

    CaClient(ProxyConfig settings, GuardedCaClient guarded) {
        BadSetting.https("proxy.ca-url", settings.caUrl());
        this.guarded = guarded;
    }

    /** What holds calls back while the CA is not well. */
    public Breaker breaker() {
        return guarded.breaker();
    }

    /** Hands over one CSR; every failure is an answer. */
    public CaAnswer submit(CaCsrRequest request) {
        try (Response response = guarded.csr(request)) {
            return answer(response);
        } catch (GuardedCaClient.Unwell unwell) {
            return new CaAnswer.Trouble(unwell.getMessage(), Optional.empty());
        } catch (ProcessingException | CircuitBreakerOpenException trouble) {
            return new CaAnswer.Trouble(why(trouble), Optional.empty());
        } catch (RuntimeException unexpected) {
            LOG.warn("The CA cannot be called", unexpected);
            return new CaAnswer.Trouble("internal", Optional.empty());
        }
    }

    private static CaAnswer answer(Response response) {
        int status = response.getStatus();
        if (status == 200) {
            return new CaAnswer.Taken();
        }
        String code = code(response);
        boolean refused = FINAL.contains(status) || (status == 403 && isAboutTheRequest(code));
        return refused
                ? new CaAnswer.Refused(code)
                : new CaAnswer.Trouble(status + " " + code, retryAfter(response));
    }

    /** Sections 5, 6 and 10; any other 403 is about us. */
    private static boolean isAboutTheRequest(String code) {
        return code.startsWith("address.") || code.startsWith("csr.");
    }

    /** The problem's code, or what the status alone tells. */
    private static String code(Response response) {
        try {
            String code = response.readEntity(JsonNode.class).path("code").asText();
            return code.matches("[a-z0-9.-]{1,64}") ? code : "unnamed";
        } catch (RuntimeException unreadable) {
            return "unnamed";
        }
    }

    private static Optional<Duration> retryAfter(Response response) {
        String seconds = response.getHeaderString(HttpHeaders.RETRY_AFTER);
        return seconds != null && seconds.matches("\\d{1,5}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
                : Optional.empty();
    }

    private static String why(Exception trouble) {
        Throwable cause = trouble.getCause() == null ? trouble : trouble.getCause();
        return cause.getClass().getSimpleName();
    }

    /** This proxy's address as the CA sees it; empty when the CA cannot be asked. */
    public Optional<IpAddress> observedAddress() {
        try (Response response = guarded.state()) {
            if (response.getStatus() != 200) {
                LOG.warnf("The CA answers %d for its state", response.getStatus());
                return Optional.empty();
            }
            return Optional.of(
                    IpAddress.parse(response.readEntity(StateResponse.class).observedAddr()));
        } catch (RuntimeException trouble) {
            LOG.warnf("The CA's state cannot be had: %s", why(trouble));
            return Optional.empty();
        }
    }
}
