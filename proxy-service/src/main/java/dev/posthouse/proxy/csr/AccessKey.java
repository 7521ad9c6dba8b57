package dev.posthouse.proxy.csr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The key that signs AccessURLs: a private JWK file, looked at once a second and reread when it
 * changes, so that a key is rotated without a restart (certificates, section 7). A file that cannot
 * be read leaves the key as it was.
 */
final class AccessKey {

    private static final System.Logger LOG = System.getLogger(AccessKey.class.getName());
    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final Path file;
    private final Clock clock;
    private volatile Loaded loaded;

    private record Loaded(Signing signing, FileTime modified, Instant looked) {}

    /**
     * What signs now.
     *
     * @param key private
     * @param algorithm its only JWS algorithm
     * @param keyId the RFC 7638 thumbprint of its public half
     */
    record Signing(PrivateKey key, String algorithm, String keyId) {

        @Override
        public String toString() {
            return "Signing[" + keyId + "]";
        }
    }

    AccessKey(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        try {
            this.loaded = load();
        } catch (IOException | JoseException | RuntimeException unusable) {
            throw new IllegalStateException(
                    "proxy.access-key: " + file + " is no private JWK", unusable);
        }
    }

    Signing current() {
        if (loaded.looked().plus(GLANCE).isBefore(clock.instant())) {
            refresh();
        }
        return loaded.signing();
    }

    private synchronized void refresh() {
        Loaded old = loaded;
        try {
            boolean same = Files.getLastModifiedTime(file).equals(old.modified());
            loaded = same ? new Loaded(old.signing(), old.modified(), clock.instant()) : load();
        } catch (IOException | JoseException | RuntimeException unusable) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be reread, its old key stays", file);
            loaded = new Loaded(old.signing(), old.modified(), clock.instant());
        }
    }

    private Loaded load() throws IOException, JoseException {
        FileTime modified = Files.getLastModifiedTime(file);
        PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file));
        if (jwk.getPrivateKey() == null) {
            throw new JoseException("it has no private part");
        }
        String algorithm =
                switch (jwk.getKeyType()) {
                    case "EC" -> "ES256";
                    case "OKP" -> "EdDSA";
                    default -> throw new JoseException("it is neither P-256 nor Ed25519");
                };
        String keyId = jwk.calculateBase64urlEncodedThumbprint("SHA-256");
        return new Loaded(
                new Signing(jwk.getPrivateKey(), algorithm, keyId), modified, clock.instant());
    }
}
