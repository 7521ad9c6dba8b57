package dev.posthouse.ymp;

import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The service under test as few run it: with doors elsewhere, certificates on top of tokens, those
 * of another CA as well, a low limit for grants; and with the pauses that are the default.
 */
public final class OtherSettings implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> all = new HashMap<>(door());
        all.put("ymp.paths.request", "/tokens/ask");
        all.put("ymp.paths.grant", "/tokens/give");
        all.put("ymp.paths.packet", "/letters");
        all.put("ymp.mutual-tls", "true");
        all.put("ymp.limits.grants-per-address", "3");
        all.put("ymp.backoff.first", "1s");
        all.put("ymp.backoff.cap", "1h");
        return all;
    }

    private static Map<String, String> door() {
        TestPki.shared();
        TestPki.foreign();
        Path files = ServiceResource.directory();
        return Map.of(
                "quarkus.http.tls-configuration-name",
                "door",
                "quarkus.tls.door.key-store.pem.0.cert",
                files + "/server.crt",
                "quarkus.tls.door.key-store.pem.0.key",
                files + "/server.key",
                "quarkus.tls.door.trust-store.pem.certs",
                files + "/ca.crt," + files + "/foreign.crt");
    }
}
