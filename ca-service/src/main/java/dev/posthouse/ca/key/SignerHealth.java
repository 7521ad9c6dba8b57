package dev.posthouse.ca.key;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while certificates can be signed (certificates, sections 10 and 12). */
@Readiness
@Singleton
final class SignerHealth implements HealthCheck {

    private final SigningKeys keys;

    SignerHealth(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("signer").status(keys.isWorking()).build();
    }
}
