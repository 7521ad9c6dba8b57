package dev.posthouse.ymp.asking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.ymp.YmpException;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A host that we have asked grants us a token (YMP, section 3.2). */
@Path("/ymp/grant")
@Consumes("application/json")
@Produces("application/json")
@RunOnVirtualThread
@PermitAll
final class GrantResource {

    private final TakeGrant takeGrant;
    private final Clock clock;
    private final MeterRegistry metrics;

    GrantResource(TakeGrant takeGrant, Clock clock, MeterRegistry metrics) {
        this.takeGrant = takeGrant;
        this.clock = clock;
        this.metrics = metrics;
    }

    @POST
    public void post(@NotNull JsonNode body) {
        Instant now = clock.instant();
        try {
            Instant asked = takeGrant.take(body, now);
            count("taken");
            metrics.timer("posthouse.ymp.grants.wait").record(Duration.between(asked, now));
        } catch (YmpException refusal) {
            count(refusal.code());
            throw refusal;
        }
    }

    private void count(String result) {
        metrics.counter("posthouse.ymp.grants.in", "result", result).increment();
    }
}
