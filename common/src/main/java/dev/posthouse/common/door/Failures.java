package dev.posthouse.common.door;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.posthouse.common.database.DatabaseAway;
import dev.posthouse.common.x509.InvalidSessionName;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * What a caller hears of what a service does not refuse by itself (certificates, section 3): the
 * framework's refusals in our words, 503 while the database is away or busy, else 500, and nothing
 * of the inside.
 */
public final class Failures {

    private static final System.Logger LOG = System.getLogger(Failures.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(2);

    private Failures() {}

    /** The refusal for a failure, which is logged if it is the service's own. */
    public static Refusal refusal(Throwable failure) {
        return switch (failure) {
            // A missing field or a number where a string belongs; the doors have seen to the rest.
            case MismatchedInputException _, ConstraintViolationException _ ->
                    Refusal.of(400, "json.field", "A field is missing or has the wrong type.");
            case InvalidSessionName name -> Refusal.of(400, name.code(), name.getMessage());
            case UnauthorizedException _, AuthenticationFailedException _ ->
                    Refusal.of(401, "caller.unauthenticated", "A client certificate is needed.");
            case ForbiddenException _ ->
                    Refusal.of(403, "caller.role", "Your certificate's role may not do this.");
            case WebApplicationException refused when status(refused) < 500 ->
                    Refusal.of(status(refused), "request", "The request is not understood.");
            // The HTTP server may fail a request without saying why.
            case null, default -> unexpected(failure);
        };
    }

    private static int status(WebApplicationException refused) {
        return refused.getResponse().getStatus();
    }

    private static Refusal unexpected(Throwable failure) {
        Optional<SQLException> away = DatabaseAway.in(failure);
        if (away.isPresent()) {
            // Every request fails while the database is away: a line each, not a stack.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Not served, the database is away: {0}",
                    away.get().getClass().getSimpleName());
            return Refusal.retry(
                    503, "dependency.database", "The service cannot work just now.", RETRY);
        }
        LOG.log(System.Logger.Level.ERROR, "Unexpected failure", failure);
        return Refusal.of(500, "internal", "The service failed; it is not your fault.");
    }
}
