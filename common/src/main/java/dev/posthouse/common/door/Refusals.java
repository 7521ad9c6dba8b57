package dev.posthouse.common.door;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** What a service says no with, at its doors and at its error door: counted, and worded alike. */
public final class Refusals {

    private final MeterRegistry metrics;

    /**
     * @param metrics count them by code
     */
    public Refusals(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** There is one more. */
    public void count(Refusal refusal) {
        metrics.counter("posthouse.refusals", "code", refusal.code()).increment();
    }

    /** The error door's answer where the service refuses. */
    public Response answer(Refusal refusal, RoutingContext request) {
        count(refusal);
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

    /** The error door's answer to all else: to the framework's own refusals and to failures. */
    public Response answer(Throwable failure, RoutingContext request) {
        return answer(Failures.refusal(failure), request);
    }
}
