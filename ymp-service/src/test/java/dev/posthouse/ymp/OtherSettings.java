package dev.posthouse.ymp;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * The service under test as few run it: with doors elsewhere, certificates on top of tokens, a low
 * limit for grants; and with the pauses that are the default.
 */
public final class OtherSettings implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "ymp.paths.request", "/tokens/ask",
                "ymp.paths.grant", "/tokens/give",
                "ymp.paths.packet", "/letters",
                "ymp.mutual-tls", "true",
                "ymp.limits.grants-per-address", "3",
                "ymp.backoff.first", "1s",
                "ymp.backoff.cap", "1h");
    }
}
