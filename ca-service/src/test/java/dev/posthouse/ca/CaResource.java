package dev.posthouse.ca;

import dev.posthouse.ca.key.TestIssuer;
import dev.posthouse.ca.publication.FakeRepository;
import dev.posthouse.testing.ServiceResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the CA under test stands on beside the usual: an issuing CA and a repository. */
public final class CaResource implements QuarkusTestResourceLifecycleManager {

    /** Where proxies say AccessURLs are. */
    public static final String PUBLIC_URL = "https://repository.example";

    /** The domain of AccessNames. */
    public static final String DOMAIN = "devices.example";

    private final ServiceResource service = new ServiceResource();

    @Override
    public Map<String, String> start() {
        Path directory = ServiceResource.directory();
        TestIssuer.p256()
                .permitting("10.0.0.0/8", "192.168.0.0/16", "203.0.113.0/24", "fd00::/8")
                .named(DOMAIN)
                .build()
                .write(directory, "issuing");
        try {
            Files.writeString(directory.resolve("passphrase"), TestIssuer.PASSPHRASE + "\n");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        service.init(settings(directory));
        return service.start();
    }

    private static Map<String, String> settings(Path directory) {
        Map<String, String> settings = new HashMap<>();
        settings.put("module", "ca-service");
        settings.put("ca.repository-url", PUBLIC_URL);
        settings.put("ca.repository-internal-url", FakeRepository.url());
        settings.put("ca.access-keys", directory + "/access-keys.jwks");
        settings.put("ca.access-domain", DOMAIN);
        settings.put("ca.issuer.key-stores", directory + "/issuing.p12");
        settings.put("ca.issuer.passphrase-file", directory + "/passphrase");
        settings.put("ca.backoff.cap", "1s");
        settings.put("ca.worker.tick", "200ms");
        return settings;
    }

    @Override
    public void stop() {
        service.stop();
    }
}
