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
                        .orElseGet(() -> Failures.refusal(request.failure()));
        refused.accept(refusal);
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        RefusalAnswer.write(request, refusal);
    }
}
