package dev.posthouse.testing;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.x509.SessionName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * A proxy's AccessURL key for tests, and URLs signed with it, good and bad (certificates, section
 * 7). Made with jose4j, so that a service is checked against another hand than the proxy's.
 */
public final class TestAccessUrls {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PublicJsonWebKey key;
    private final String publicUrl;

    private TestAccessUrls(PublicJsonWebKey key, String publicUrl) {
        this.key = key;
        this.publicUrl = publicUrl;
    }

    /**
     * The shared key of this JVM's tests; its JWKS is {@code access-keys.jwks} beside the others.
     */
    public static synchronized TestAccessUrls shared(String publicUrl) {
        Path file = ServiceResource.directory().resolve("access-key.jwk");
        try {
            if (!Files.exists(file)) {
                PublicJsonWebKey made = newKey();
                Files.writeString(file, made.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
                Files.writeString(
                        ServiceResource.directory().resolve("access-keys.jwks"),
                        new JsonWebKeySet(List.of(made)).toJson());
            }
            return new TestAccessUrls(
                    PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file)), publicUrl);
        } catch (IOException | JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs with a key that no service knows. */
    public static TestAccessUrls stranger(String publicUrl) {
        return new TestAccessUrls(newKey(), publicUrl);
    }

    private static PublicJsonWebKey newKey() {
        try {
            EllipticCurveJsonWebKey made = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            made.setKeyId(made.calculateBase64urlEncodedThumbprint("SHA-256"));
            return made;
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The key, public and private. */
    public PublicJsonWebKey key() {
        return key;
    }

    /** A good AccessURL for the session, accepted now. */
    public String url(SessionName sessionName) {
        return url(claims(sessionName, Instant.ofEpochMilli(System.currentTimeMillis())));
    }

    /** An AccessURL whose claims a test has chosen. */
    public String url(JwtClaims claims) {
        return publicUrl + "/" + token(claims, AccessUrl.TYPE);
    }

    /** The claims of a good AccessURL accepted at that time. */
    public JwtClaims claims(SessionName sessionName, Instant accepted) {
        byte[] jti = new byte[16];
        RANDOM.nextBytes(jti);
        JwtClaims claims = new JwtClaims();
        claims.setJwtId(Base64.getUrlEncoder().withoutPadding().encodeToString(jti));
        claims.setStringClaim("sh", AccessUrl.sessionHash(sessionName));
        claims.setStringClaim("pf", "pem");
        claims.setAudience(publicUrl);
        claims.setIssuer("spiffe://posthouse.local/proxy-service");
        claims.setIssuedAt(NumericDate.fromMilliseconds(accepted.toEpochMilli()));
        claims.setExpirationTime(
                NumericDate.fromMilliseconds(accepted.plus(Duration.ofDays(1)).toEpochMilli()));
        return claims;
    }

    /** The token of a good AccessURL but for one claim; null leaves it out. */
    public String with(String claim, Object value) {
        SessionName anybody = new SessionName("0123456789abcdef");
        JwtClaims claims = claims(anybody, Instant.ofEpochMilli(System.currentTimeMillis()));
        if (value == null) {
            claims.unsetClaim(claim);
        } else {
            claims.setClaim(claim, value);
        }
        return token(claims, AccessUrl.TYPE);
    }

    /** A token of that {@code typ}. */
    public String token(JwtClaims claims, String type) {
        try {
            JsonWebSignature jws = new JsonWebSignature();
            jws.setPayload(claims.toJson());
            jws.setKey(key.getPrivateKey());
            jws.setKeyIdHeaderValue(key.getKeyId());
            jws.setHeader("typ", type);
            jws.setAlgorithmHeaderValue("ES256");
            return jws.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
