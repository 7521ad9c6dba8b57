package dev.posthouse.repository;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.posthouse.common.door.Failures;
import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.door.RequestId;
import dev.posthouse.common.problem.Problem;
import dev.posthouse.repository.RepositoryException.NotReady;
import dev.posthouse.repository.RepositoryException.UnknownAccessUrl;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The error door: what each refusal of the repository looks like outside. */
final class RepositoryErrors {

    private static final Logger LOG = Logger.getLogger(RepositoryErrors.class);

    private final MeterRegistry metrics;

    RepositoryErrors(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @ServerExceptionMapper
    Response refuse(RepositoryException refusal, RoutingContext request) {
        return render(
                switch (refusal) {
                    case UnknownAccessUrl unknown ->
                            Refusal.of(404, "access-url.unknown", unknown.getMessage());
                    case NotReady early ->
                            Refusal.retry(
                                    404, "cert.not-ready", early.getMessage(), early.retryAfter());
                },
                request);
    }

    /** A missing field or a number where a string belongs; the doors have seen to the rest. */
    @ServerExceptionMapper({
        MismatchedInputException.class,
        ResteasyReactiveViolationException.class
    })
    Response refuseBody(Exception illTyped, RoutingContext request) {
        return render(
                Refusal.of(400, "json.field", "A field is missing or has the wrong type."),
                request);
    }

    @ServerExceptionMapper
    Response refuseStranger(UnauthorizedException stranger, RoutingContext request) {
        return render(
                Refusal.of(401, "caller.unauthenticated", "A client certificate is needed."),
                request);
    }

    @ServerExceptionMapper
    Response refuseRole(ForbiddenException role, RoutingContext request) {
        return render(
                Refusal.of(403, "caller.role", "Your certificate's role may not do this."),
                request);
    }

    /** The framework's own refusal of what the doors let pass. */
    @ServerExceptionMapper
    Response refuseOther(WebApplicationException refusal, RoutingContext request) {
        int status = refusal.getResponse().getStatus();
        return status < 500
                ? render(Refusal.of(status, "request", "The request is not understood."), request)
                : fail(refusal, request);
    }

    @ServerExceptionMapper
    Response fail(Throwable failure, RoutingContext request) {
        LOG.error("Unexpected failure", failure);
        return render(Failures.refusal(failure), request);
    }

    private Response render(Refusal refusal, RoutingContext request) {
        metrics.counter("posthouse.refusals", "code", refusal.code()).increment();
        Response.ResponseBuilder response =
                Response.status(refusal.status())
                        .type(Problem.MEDIA_TYPE)
                        .entity(
                                Problem.of(
                                        refusal.status(),
                                        refusal.code(),
                                        refusal.detail(),
                                        RequestId.of(request)));
        refusal.retryAfter()
                .ifPresent(
                        after -> response.header(HttpHeaders.RETRY_AFTER, Refusal.seconds(after)));
        return response.build();
    }
}
