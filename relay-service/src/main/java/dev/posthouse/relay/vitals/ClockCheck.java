package dev.posthouse.relay.vitals;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Readiness tells where the clock was set at the start, if it was (PoHTTP, section 17). */
@Readiness
@Singleton
final class ClockCheck implements HealthCheck {

    private static final String SETTING = "posthouse.clock";

    private final Optional<Instant> standing;

    ClockCheck(@ConfigProperty(name = SETTING) Optional<Instant> standing) {
        this.standing = standing;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("clock").up();
        standing.ifPresent(then -> response.withData(SETTING, then.toString()));
        return response.build();
    }
}
