package dev.posthouse.ca.vitals;

import dev.posthouse.common.accessurl.AccessKeys;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready with verification keys and, by the framework's own check, with the database; never by Kafka
 * (certificates, section 12).
 */
@Singleton
@Readiness
final class VerificationKeys implements HealthCheck {

    private final AccessKeys keys;

    VerificationKeys(AccessKeys keys) {
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("AccessURL verification keys")
                .status(keys.isUsable())
                .build();
    }
}
