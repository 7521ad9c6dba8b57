package dev.posthouse.common.accessurl;

import dev.posthouse.common.x509.BouncyCastle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/**
 * The verification keys of AccessURLs, by {@code kid} (certificates, section 7): a JWKS file,
 * looked at once a second and reread when it changes. A file that cannot be read leaves the keys as
 * they were.
 */
public final class AccessKeys {

    private static final System.Logger LOG = System.getLogger(AccessKeys.class.getName());
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final int P256_BITS = 256;

    private final Path file;
    private final Clock clock;
    private volatile Loaded loaded;

    private record Loaded(Map<String, Key> keys, FileTime modified, long size, Instant looked) {}

    /**
     * One verification key.
     *
     * @param algorithm the only JWS algorithm it serves
     * @param key made by Bouncy Castle, whose verification is the fast one
     */
    public record Key(String algorithm, PublicKey key) {}

    /**
     * @throws IllegalStateException when the file holds no usable key set
     */
    public AccessKeys(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
        try {
            this.loaded = load();
        } catch (IOException | JoseException | RuntimeException unusable) {
            throw new IllegalStateException(
                    file + " is no usable JWKS: " + unusable.getMessage(), unusable);
        }
    }

    /** The key with that {@code kid}. */
    public Optional<Key> find(String kid) {
        if (loaded.looked().plus(GLANCE).isBefore(clock.instant())) {
            refresh();
        }
        return Optional.ofNullable(loaded.keys().get(kid));
    }

    /** Whether there is any key to verify with. */
    public boolean isUsable() {
        return !loaded.keys().isEmpty();
    }

    private synchronized void refresh() {
        Loaded old = loaded;
        try {
            boolean same =
                    Files.getLastModifiedTime(file).equals(old.modified())
                            && Files.size(file) == old.size();
            loaded =
                    same
                            ? new Loaded(old.keys(), old.modified(), old.size(), clock.instant())
                            : load();
        } catch (IOException | JoseException | RuntimeException unusable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} cannot be reread, its old keys stay: {1}",
                    file,
                    unusable.getMessage());
            loaded = new Loaded(old.keys(), old.modified(), old.size(), clock.instant());
        }
    }

    private Loaded load() throws IOException, JoseException {
        FileTime modified = Files.getLastModifiedTime(file);
        long size = Files.size(file);
        Map<String, Key> keys = new HashMap<>();
        for (JsonWebKey jwk : new JsonWebKeySet(Files.readString(file)).getJsonWebKeys()) {
            if (jwk.getKeyId() != null && jwk instanceof PublicJsonWebKey pair) {
                keys.put(jwk.getKeyId(), key(pair.getPublicKey()));
            }
        }
        if (keys.isEmpty()) {
            throw new JoseException("it holds no public key with a kid");
        }
        return new Loaded(Map.copyOf(keys), modified, size, clock.instant());
    }

    private static Key key(PublicKey key) throws JoseException {
        return new Key(algorithm(key), BouncyCastle.key(key));
    }

    private static String algorithm(PublicKey key) throws JoseException {
        if (key instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() == P256_BITS) {
            return AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
        }
        if (key.getAlgorithm().startsWith("Ed")) {
            return AlgorithmIdentifiers.EDDSA;
        }
        throw new JoseException("only P-256 and Ed25519 keys sign AccessURLs");
    }
}
