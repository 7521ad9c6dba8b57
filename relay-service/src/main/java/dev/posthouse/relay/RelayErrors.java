package dev.posthouse.relay;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.posthouse.common.door.Failures;
import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.door.Worded;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The error door: what each refusal of the relaying gateway looks like outside. */
final class RelayErrors {

    private final MeterRegistry metrics;

    RelayErrors(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @ServerExceptionMapper
    Response refuse(RelayException refusal, RoutingContext request) {
        return render(
                new Refusal(
                        refusal.status(),
                        refusal.code(),
                        refusal.getMessage(),
                        refusal.retryAfter(),
                        challenge(refusal)),
                request);
    }

    /** Only private gateways are asked who they are by what refuses so. */
    private static Optional<String> challenge(RelayException refusal) {
        return refusal.status() == Response.Status.UNAUTHORIZED.getStatusCode()
                ? Optional.of("Awala-Countersignature, Relaynet-Countersignature")
                : Optional.empty();
    }

    /** The framework's own refusal of what the doors let pass. */
    @ServerExceptionMapper
    Response refuseOther(WebApplicationException refusal, RoutingContext request) {
        int status = refusal.getResponse().getStatus();
        return status < 500
                ? render(Refusal.of(status, "request", "The request is not understood."), request)
                : fail(refusal, request);
    }

    /** All else; what the framework maps by its exact type is named, so that it comes here. */
    @ServerExceptionMapper({
        AuthenticationFailedException.class,
        ForbiddenException.class,
        MismatchedInputException.class,
        ResteasyReactiveViolationException.class,
        Throwable.class,
        UnauthorizedException.class
    })
    Response fail(Throwable failure, RoutingContext request) {
        return render(Failures.refusal(failure), request);
    }

    private Response render(Refusal refusal, RoutingContext request) {
        metrics.counter("posthouse.refusals", "code", refusal.code()).increment();
        Worded worded = Worded.of(request, refusal);
        Response.ResponseBuilder response =
                Response.status(refusal.status())
                        .type(worded.mediaType())
                        .entity(worded.body().getBytes(StandardCharsets.UTF_8));
        refusal.retryAfter()
                .ifPresent(
                        after -> response.header(HttpHeaders.RETRY_AFTER, Refusal.seconds(after)));
        refusal.challenge().ifPresent(how -> response.header(HttpHeaders.WWW_AUTHENTICATE, how));
        return response.build();
    }
}
