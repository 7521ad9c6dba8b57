package dev.posthouse.proxy.csr;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.accessurl.FastSignatures;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.common.x509.BouncyCastle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.HeaderParameterNames;
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
    private final UnaryOperator<Signing> fast;
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

        /** A JWS that is typed as an AccessURL's token. */
        String sign(String payload) throws JoseException {
            JsonWebSignature signed = new JsonWebSignature();
            signed.setProviderContext(providers);
            signed.setHeader(HeaderParameterNames.TYPE, AccessUrl.TYPE);
            signed.setKeyIdHeaderValue(keyId);
            signed.setAlgorithmHeaderValue(algorithm);
            signed.setKey(key);
            signed.setPayload(payload);
            return signed.getCompactSerialization();
        }

        @Override
        public String toString() {
            return "Signing[" + keyId + "]";
        }
    }

    AccessKey(Path file, Clock clock) {
        this(file, clock, Signing::fast);
    }

    /**
     * @param fast makes of what signs something that signs the same, faster
     */
    AccessKey(Path file, Clock clock, UnaryOperator<Signing> fast) {
        this.file = file;
        this.clock = clock;
        this.fast = fast;
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
        Thread.startVirtualThread(() -> hasten(slow));
    }

    private void hasten(Signing slow) {
        try {
            Signing faster = fast.apply(slow);
            faster.sign("a trial");
            replace(faster);
        } catch (JoseException | RuntimeException unusable) {
            // Without the cause, which may quote the key.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Bouncy Castle cannot sign with the key {0}, the JDK goes on",
                    slow.keyId());
        }
    }

    /** Unless the file has another key by now. */
    private synchronized void replace(Signing faster) {
        Loaded now = loaded;
        if (now.signing().keyId().equals(faster.keyId())) {
            loaded = new Loaded(faster, now.modified(), now.size(), now.looked());
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
        String keyId = jwk.calculateBase64urlEncodedThumbprint("SHA-256");
        Signing signing = new Signing(jwk.getPrivateKey(), algorithm, keyId, new ProviderContext());
        requirePair(signing, jwk.getPublicKey());
        LOG.log(System.Logger.Level.INFO, "AccessURLs are signed with the key {0}", keyId);
        return new Loaded(signing, modified, size, clock.instant());
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
    private static void requirePair(Signing signing, PublicKey key) throws JoseException {
        JsonWebSignature read = new JsonWebSignature();
        read.setCompactSerialization(signing.sign("a pair"));
        read.setKey(key);
        if (!read.verifySignature()) {
            throw new JoseException("its halves are no pair");
        }
    }
}
