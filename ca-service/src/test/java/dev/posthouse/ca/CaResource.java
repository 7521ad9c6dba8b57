package dev.posthouse.ca;

import dev.posthouse.ca.key.TestIssuer;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.ServiceResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** What the CA under test stands on beside the usual: an issuing CA and a list of blocked keys. */
public final class CaResource implements QuarkusTestResourceLifecycleManager {

    /** Where proxies say AccessURLs are. */
    public static final String PUBLIC_URL = "https://repository.example";

    /** The domain of AccessNames. */
    public static final String DOMAIN = "devices.example";

    /** Requests a caller may make in a second: so few that a test can make more. */
    public static final int RATE = 150;

    private final ServiceResource service = new ServiceResource();

    @Override
    public Map<String, String> start() {
        Path directory = ServiceResource.directory();
        TestIssuer.p256()
                .permitting("10.0.0.0/8", "192.168.0.0/16", "203.0.113.0/24", "fd00::/8")
                .excluding("10.66.0.0/16")
                .named(DOMAIN)
                .build()
                .write(directory, "issuing");
        try {
            Files.writeString(directory.resolve("passphrase"), TestIssuer.PASSPHRASE + "\n");
            writeBlockedKey(directory);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        service.init(settings());
        return service.start();
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("module", "ca-service");
        settings.put("ca.repository-url", PUBLIC_URL);
        settings.put("ca.repository-internal-url", "https://localhost:${test.port.repository}");
        settings.put("ca.access-keys", "${test.directory}/access-keys.jwks");
        settings.put("ca.access-domain", DOMAIN);
        settings.put("ca.issuer.key-stores", "${test.directory}/issuing.p12");
        settings.put("ca.issuer.passphrase-file", "${test.directory}/passphrase");
        settings.put("ca.issuer-url", "http://pki.example/issuing.crt");
        settings.put("ca.csr.blocked-keys", "${test.directory}/blocked-keys");
        settings.put("ca.backoff.first", "200ms");
        settings.put("ca.backoff.cap", "1s");
        settings.put("ca.worker.tick", "200ms");
        settings.put("ca.worker.lease", "5s");
        settings.put("ca.body-timeout", "1s");
        settings.put("ca.limits.requests-per-proxy", Integer.toString(RATE));
        settings.put("quarkus.tls.peer.reload-period", "1h");
        return settings;
    }

    private static void writeBlockedKey(Path directory) throws IOException {
        KeyPair pair = CsrMaker.p256().keyPair();
        Files.write(directory.resolve("blocked.spki"), pair.getPublic().getEncoded());
        Files.write(directory.resolve("blocked.p8"), pair.getPrivate().getEncoded());
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
            Files.writeString(
                    directory.resolve("blocked-keys"),
                    "# not this one\n" + HexFormat.of().formatHex(hash) + "\n");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A maker of CSRs with the key that is blocked. */
    public static CsrMaker blockedKey() {
        Path directory = ServiceResource.directory();
        try {
            KeyFactory factory = KeyFactory.getInstance("EC");
            byte[] spki = Files.readAllBytes(directory.resolve("blocked.spki"));
            byte[] key = Files.readAllBytes(directory.resolve("blocked.p8"));
            return CsrMaker.of(
                    new KeyPair(
                            factory.generatePublic(new X509EncodedKeySpec(spki)),
                            factory.generatePrivate(new PKCS8EncodedKeySpec(key))),
                    "SHA256WITHECDSA");
        } catch (IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void stop() {
        service.stop();
    }
}
