package dev.posthouse.ca;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.posthouse.ca.CaException.IssuanceRefused;
import dev.posthouse.ca.CaException.SessionConflict;
import dev.posthouse.common.accessurl.InvalidAccessUrl;
import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.door.Refusals;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The error door: what each refusal of the CA looks like outside. */
final class CaErrors {

    private final Refusals refusals;

    CaErrors(MeterRegistry metrics) {
        this.refusals = new Refusals(metrics);
    }

    @ServerExceptionMapper
    Response refuse(CaException refusal, RoutingContext request) {
        return refusals.answer(
                switch (refusal) {
                    case SessionConflict conflict ->
                            Refusal.of(409, "session.conflict", conflict.getMessage());
                    case IssuanceRefused refused ->
                            Refusal.of(refused.status(), refused.code(), refused.getMessage());
                },
                request);
    }

    @ServerExceptionMapper
    Response refuseAccessUrl(InvalidAccessUrl invalid, RoutingContext request) {
        return refusals.answer(
                Refusal.of(
                        403,
                        "access-url.invalid",
                        "The AccessURL does not verify, has expired, or is another session's."),
                request);
    }

    /** All else; what the framework maps by its exact type is named, so that it comes here. */
    @ServerExceptionMapper({
        ForbiddenException.class,
        MismatchedInputException.class,
        ResteasyReactiveViolationException.class,
        Throwable.class,
        UnauthorizedException.class,
        WebApplicationException.class
    })
    Response fail(Throwable failure, RoutingContext request) {
        return refusals.answer(failure, request);
    }
}
