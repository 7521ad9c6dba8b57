package dev.posthouse.proxy.csr;

import dev.posthouse.common.accessurl.FastSignatures;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.common.x509.BouncyCastle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
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

    private record Loaded(Signing signing, FileTime modified, long size, Instant looked) {}

    /**
     * What signs now.
     *
     * @param key private
     * @param algorithm its only JWS algorithm
     * @param keyId the RFC 7638 thumbprint of its public half
     * @param providers whose implementation signs with it
     */
    record Signing(PrivateKey key, String algorithm, String keyId, ProviderContext providers) {

        Signing fast() {
            return new Signing(BouncyCastle.key(key), algorithm, keyId, FastSignatures.providers());
        }

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
            hasten();
        } catch (IOException | JoseException | RuntimeException unusable) {
            // Without the cause, which may quote the key.
            throw new BadSetting(
                    "proxy.access-key",
                    file + " is no private JWK for ES256 (P-256) or EdDSA (Ed25519)");
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
            boolean same =
                    Files.getLastModifiedTime(file).equals(old.modified())
                            && Files.size(file) == old.size();
            loaded = same ? lookedAt(old) : load();
            if (!same) {
                hasten();
            }
        } catch (IOException | JoseException | RuntimeException unusable) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be reread, its old key stays", file);
            loaded = lookedAt(old);
        }
    }

    /**
     * Bouncy Castle's first key takes a quarter of a second; nobody waits, the JDK signs so long.
     */
    private void hasten() {
        Signing slow = loaded.signing();
        Thread.startVirtualThread(() -> replace(slow, slow.fast()));
    }

    private synchronized void replace(Signing slow, Signing fast) {
        Loaded now = loaded;
        if (now.signing().equals(slow)) {
            loaded = new Loaded(fast, now.modified(), now.size(), now.looked());
        }
    }

    private Loaded lookedAt(Loaded old) {
        return new Loaded(old.signing(), old.modified(), old.size(), clock.instant());
    }

    private Loaded load() throws IOException, JoseException {
        FileTime modified = Files.getLastModifiedTime(file);
        long size = Files.size(file);
        PublicJsonWebKey jwk = PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file));
        String algorithm = algorithm(jwk);
        requirePair(jwk, algorithm);
        String keyId = jwk.calculateBase64urlEncodedThumbprint("SHA-256");
        LOG.log(System.Logger.Level.INFO, "AccessURLs are signed with the key {0}", keyId);
        return new Loaded(
                new Signing(jwk.getPrivateKey(), algorithm, keyId, new ProviderContext()),
                modified,
                size,
                clock.instant());
    }

    private static String algorithm(PublicJsonWebKey jwk) throws JoseException {
        if (jwk instanceof EllipticCurveJsonWebKey ec && ec.getCurveName().equals("P-256")) {
            return AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
        }
        if (jwk instanceof OctetKeyPairJsonWebKey okp
                && okp.getSubtype().equals(OctetKeyPairJsonWebKey.SUBTYPE_ED25519)) {
            return AlgorithmIdentifiers.EDDSA;
        }
        throw new JoseException("neither P-256 nor Ed25519");
    }

    /** Halves that do not belong together would sign what nobody can verify. */
    private static void requirePair(PublicJsonWebKey jwk, String algorithm) throws JoseException {
        JsonWebSignature signed = new JsonWebSignature();
        signed.setPayload("a pair");
        signed.setAlgorithmHeaderValue(algorithm);
        signed.setKey(jwk.getPrivateKey());
        JsonWebSignature read = new JsonWebSignature();
        read.setCompactSerialization(signed.getCompactSerialization());
        read.setKey(jwk.getPublicKey());
        if (!read.verifySignature()) {
            throw new JoseException("its halves are no pair");
        }
    }
}
