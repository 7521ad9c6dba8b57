package dev.posthouse.common.door;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers, as a problem, what fails outside {@link Doors} and resources, such as a request without
 * a {@code Host}. Without it the framework would log the path, which may be an AccessURL's.
 */
public final class FailedRequests implements Handler<RoutingContext> {

    private static final System.Logger LOG = System.getLogger(FailedRequests.class.getName());

    private final Consumer<Refusal> refused;

    /**
     * @param refused is told of every refusal, for metrics
     */
    public FailedRequests(Consumer<Refusal> refused) {
        this.refused = refused;
    }

    @Override
    public void handle(RoutingContext request) {
        if (RequestId.of(request) == null) {
            RequestId.assign(request);
        }
        Refusal refusal =
                Optional.of(request.statusCode())
                        .filter(status -> status >= 400 && status < 500)
                        .map(status -> Refusal.of(status, "request", "This is no good HTTP."))
                        .orElseGet(() -> failure(request.failure()));
        refused.accept(refusal);
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        ProblemAnswer.write(request, refusal);
    }

    private static Refusal failure(Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "Unexpected failure", failure);
        return Failures.refusal(failure);
    }
}
