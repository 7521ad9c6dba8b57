package dev.posthouse.client.pki;

import dev.posthouse.client.failure.ClientException.FileProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * A key the proxy signs AccessURLs with (certificates, section 7); its {@code kid} is the RFC 7638
 * thumbprint.
 */
public final class AccessKey {

    /** What the key signs with. */
    public enum Algorithm {
        /** ECDSA on P-256. */
        ES256("ES256"),
        /** Ed25519. */
        EDDSA("EdDSA");

        private final String claim;

        Algorithm(String claim) {
            this.claim = claim;
        }

        /** The name in JWS headers and on the command line. */
        @Override
        public String toString() {
            return claim;
        }
    }

    private final PublicJsonWebKey key;

    private AccessKey(PublicJsonWebKey key) {
        this.key = key;
    }

    /** Makes a key. */
    public static AccessKey create(Algorithm algorithm) {
        try {
            PublicJsonWebKey key =
                    switch (algorithm) {
                        case ES256 -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
                        case EDDSA ->
                                OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
                    };
            key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
            key.setUse(Use.SIGNATURE);
            key.setAlgorithm(algorithm.toString());
            return new AccessKey(key);
        } catch (JoseException e) {
            throw new IllegalStateException("this JDK cannot make such a key", e);
        }
    }

    /** The key's name. */
    public String keyId() {
        return key.getKeyId();
    }

    /** The private key as a JWK, for the proxy alone. */
    public String privateJwk() {
        return JsonUtil.toJson(key.toParams(OutputControlLevel.INCLUDE_PRIVATE)) + "\n";
    }

    /** A set of this public key alone. */
    public String publicKeys() {
        return publicKeys(List.of());
    }

    /** A set of the public keys of an earlier set, and this one. */
    public String publicKeysBeside(String earlierSet) {
        try {
            return publicKeys(new JsonWebKeySet(earlierSet).getJsonWebKeys());
        } catch (JoseException e) {
            throw new FileProblem("not a set of public keys (JWKS)", e);
        }
    }

    private String publicKeys(List<JsonWebKey> earlier) {
        List<Map<String, Object>> keys = new ArrayList<>();
        earlier.forEach(one -> keys.add(one.toParams(OutputControlLevel.PUBLIC_ONLY)));
        keys.add(key.toParams(OutputControlLevel.PUBLIC_ONLY));
        return JsonUtil.toJson(Map.of("keys", keys)) + "\n";
    }

    @Override
    public String toString() {
        return "AccessKey[" + keyId() + "]";
    }
}
