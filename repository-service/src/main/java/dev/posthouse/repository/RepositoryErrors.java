package dev.posthouse.repository;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.door.Refusals;
import dev.posthouse.repository.RepositoryException.NotReady;
import dev.posthouse.repository.RepositoryException.UnknownAccessUrl;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The error door: what each refusal of the repository looks like outside. */
final class RepositoryErrors {

    private final Refusals refusals;

    RepositoryErrors(Refusals refusals) {
        this.refusals = refusals;
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
}
