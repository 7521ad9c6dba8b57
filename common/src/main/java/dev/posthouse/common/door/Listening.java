package dev.posthouse.common.door;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Not ready before callers can connect: the two ports of a service open side by side, and the one
 * that tells of health may be first.
 */
public final class Listening implements HealthCheck {

    private volatile boolean begun;

    /** Callers can connect. */
    public void begin() {
        begun = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("HTTPS port").status(begun).build();
    }
}
