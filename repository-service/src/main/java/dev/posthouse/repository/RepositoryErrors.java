package dev.posthouse.repository;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.posthouse.common.accessurl.InvalidAccessUrl;
import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.door.Refusals;
import dev.posthouse.common.x509.InvalidCertificate;
import dev.posthouse.repository.RepositoryException.CertConflict;
import dev.posthouse.repository.RepositoryException.ForeignAddress;
import dev.posthouse.repository.RepositoryException.IssuanceRefused;
import dev.posthouse.repository.RepositoryException.MalformedField;
import dev.posthouse.repository.RepositoryException.NotReady;
import dev.posthouse.repository.RepositoryException.SessionMismatch;
import dev.posthouse.repository.RepositoryException.TooManyCollections;
import dev.posthouse.repository.RepositoryException.UnknownAccessUrl;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The error door: what each refusal of the repository looks like outside. */
final class RepositoryErrors {

    /** {@code Retry-After} of what is not ready: with it, a client stays under its limit. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    private final Refusals refusals;

    RepositoryErrors(MeterRegistry metrics) {
        this.refusals = new Refusals(metrics);
    }

    @ServerExceptionMapper
    Response refuse(RepositoryException refusal, RoutingContext request) {
        String detail = refusal.getMessage();
        return refusals.answer(
                switch (refusal) {
                    case MalformedField field -> Refusal.of(400, field.code(), detail);
                    case SessionMismatch _ -> Refusal.of(403, "session.mismatch", detail);
                    case IssuanceRefused _ -> Refusal.of(403, "issuance.refused", detail);
                    case ForeignAddress _ -> Refusal.of(403, "client.address", detail);
                    case UnknownAccessUrl _ -> Refusal.of(404, "access-url.unknown", detail);
                    case NotReady _ -> Refusal.retry(404, "cert.not-ready", detail, ASK_AGAIN);
                    case CertConflict _ -> Refusal.of(409, "cert.conflict", detail);
                    case TooManyCollections often ->
                            Refusal.retry(429, "rate.limited", detail, often.retryAfter());
                },
                request);
    }

    @ServerExceptionMapper
    Response refuseCertificate(InvalidCertificate certificate, RoutingContext request) {
        return refusals.answer(
                Refusal.of(400, certificate.code(), certificate.getMessage()), request);
    }

    /** The CA's AccessURL; a collector's is answered with 404. */
    @ServerExceptionMapper
    Response refuseAccessUrl(InvalidAccessUrl accessUrl, RoutingContext request) {
        return refusals.answer(
                Refusal.of(
                        403,
                        "access-url.invalid",
                        "The AccessURL is none of this repository's, or of another session."),
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
