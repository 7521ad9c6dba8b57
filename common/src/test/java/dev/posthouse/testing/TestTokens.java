package dev.posthouse.testing;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.smallrye.jwt.util.KeyUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Duration;

/** JWTs as the service under test believes them, and others. */
public final class TestTokens {

    /** Who signs them. */
    public static final String ISSUER = "https://issuer.example";

    private TestTokens() {}

    /** A good one with these groups. */
    public static String of(String... groups) {
        return sign(claims(groups), key());
    }

    /** What a good one says. */
    public static JwtClaimsBuilder claims(String... groups) {
        return Jwt.claims()
                .issuer(ISSUER)
                .subject("somebody")
                .groups(java.util.Set.of(groups))
                .expiresIn(Duration.ofMinutes(5));
    }

    /** These claims under that key. */
    public static String sign(JwtClaimsBuilder claims, PrivateKey key) {
        return claims.jws().algorithm(SignatureAlgorithm.ES256).sign(key);
    }

    /** The key that signs good ones. */
    public static PrivateKey key() {
        try {
            Path file = ServiceResource.directory().resolve("jwt.key");
            return KeyUtils.decodePrivateKey(Files.readString(file), SignatureAlgorithm.ES256);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
