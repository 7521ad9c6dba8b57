package dev.posthouse.relay;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.posthouse.common.door.Refusals;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The error door: what each refusal of the relaying gateway looks like outside. */
final class RelayErrors {

    private final Refusals refusals;

    RelayErrors(MeterRegistry metrics) {
        this.refusals = new Refusals(metrics);
    }

    @ServerExceptionMapper
    Response refuse(RelayException refusal, RoutingContext request) {
        return refusals.answer(refusal.refusal(), request);
    }

    /** All else; what the framework maps by its exact type is named, so that it comes here. */
    @ServerExceptionMapper({
        AuthenticationFailedException.class,
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
