package dev.posthouse.bench.material;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.local.suite.DevelopmentPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs AccessURLs as the proxy does, with its key (certificates, section 7). */
public final class AccessUrls {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LIFETIME = Duration.ofHours(12);

    private final String repository;
    private final String keyId;
    private final PrivateKey key;
    private final Instant now;
    private final ProviderContext bouncyCastle = new ProviderContext();

    /**
     * @param repository the prefix of every AccessURL
     * @param now when all of them are made
     */
    public AccessUrls(DevelopmentPki pki, URI repository, Instant now) {
        Security.addProvider(new BouncyCastleProvider());
        bouncyCastle
                .getSuppliedKeyProviderContext()
                .setSignatureProvider(BouncyCastleProvider.PROVIDER_NAME);
        this.repository = repository.toString();
        this.now = now;
        try {
            PublicJsonWebKey jwk =
                    PublicJsonWebKey.Factory.newPublicJwk(
                            Files.readString(pki.path().resolve("access-key.jwk")));
            this.keyId = jwk.getKeyId();
            this.key =
                    KeyFactory.getInstance("EC", BouncyCastleProvider.PROVIDER_NAME)
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(jwk.getPrivateKey().getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException | GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    /** The token that the AccessURL of a session ends in. */
    public String token(String session) {
        byte[] jti = new byte[16];
        RANDOM.nextBytes(jti);
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("spiffe://posthouse.local/proxy-service");
        claims.setAudience(repository);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(LIFETIME).getEpochSecond()));
        claims.setJwtId(Base64.getUrlEncoder().withoutPadding().encodeToString(jti));
        claims.setStringClaim("sh", AccessUrl.sessionHash(new SessionName(session)));
        claims.setStringClaim("pf", "pem");
        return sign(claims);
    }

    private String sign(JwtClaims claims) {
        try {
            JsonWebSignature jws = new JsonWebSignature();
            jws.setProviderContext(bouncyCastle);
            jws.setPayload(claims.toJson());
            jws.setKey(key);
            jws.setKeyIdHeaderValue(keyId);
            jws.setHeader("typ", AccessUrl.TYPE);
            jws.setAlgorithmHeaderValue("ES256");
            return jws.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The AccessURL that ends in a token. */
    public String url(String token) {
        return repository + "/" + token;
    }
}
