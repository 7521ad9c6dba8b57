package dev.posthouse.common.accessurl;

import dev.posthouse.common.x509.PemForm;
import dev.posthouse.common.x509.SessionName;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/** Tells our AccessURLs from all others (certificates, section 7), without a call or a query. */
public final class AccessUrlVerifier {

    /** 128 bits or more, base64url. */
    private static final Pattern JTI = Pattern.compile("[A-Za-z0-9_-]{22,64}");

    /** Later than any time a database stores or arithmetic bears. */
    private static final long YEAR_10000 = 253_402_300_800L;

    private final String audience;
    private final String prefix;
    private final AccessKeys keys;
    private final Clock clock;
    private final ProviderContext providers = FastSignatures.providers();

    /**
     * @param publicUrl the repository's public URL: prefix of every AccessURL and claim {@code aud}
     */
    public AccessUrlVerifier(String publicUrl, AccessKeys keys, Clock clock) {
        this.audience = withoutSlash(publicUrl);
        this.prefix = audience + "/";
        this.keys = keys;
        this.clock = clock;
    }

    /** The form of a public URL that AccessURLs are made with. */
    public static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /**
     * Checks a whole AccessURL and that it was made for this session.
     *
     * @throws InvalidAccessUrl when it is not ours, has expired, or belongs to another session
     */
    public AccessUrl verify(String url, SessionName sessionName) {
        AccessUrl accessUrl = verify(url);
        if (!accessUrl.isFor(sessionName)) {
            throw new InvalidAccessUrl("made for another session");
        }
        return accessUrl;
    }

    /**
     * Checks a whole AccessURL.
     *
     * @throws InvalidAccessUrl when it is not ours or has expired
     */
    public AccessUrl verify(String url) {
        if (url.length() > AccessUrl.MOST_CHARACTERS || !url.startsWith(prefix)) {
            throw new InvalidAccessUrl("not a URL of this repository");
        }
        return verifyToken(url.substring(prefix.length()));
    }

    /**
     * Checks the token that an AccessURL ends in.
     *
     * @throws InvalidAccessUrl when it is not ours or has expired
     */
    public AccessUrl verifyToken(String token) {
        if (token.length() > AccessUrl.MOST_CHARACTERS || !isCanonical(token)) {
            throw new InvalidAccessUrl("not a token");
        }
        try {
            JwtClaims claims = consumer().process(token).getJwtClaims();
            return accessUrl(token, claims);
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException forged) {
            throw new InvalidAccessUrl("its token does not verify");
        }
    }

    private org.jose4j.jwt.consumer.JwtConsumer consumer() {
        return new JwtConsumerBuilder()
                .setExpectedType(true, AccessUrl.TYPE)
                .setExpectedAudience(true, audience)
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setRequireJwtId()
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .setJwsAlgorithmConstraints(
                        AlgorithmConstraints.ConstraintType.PERMIT,
                        AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
                        AlgorithmIdentifiers.EDDSA)
                .setVerificationKeyResolver(new KeyByKid(keys))
                .setJwsProviderContext(providers)
                .build();
    }

    private AccessUrl accessUrl(String token, JwtClaims claims) throws MalformedClaimException {
        String jti = claims.getJwtId();
        String sessionHash = claims.getStringClaimValue("sh");
        String form = claims.getStringClaimValue("pf");
        if (!JTI.matcher(jti).matches() || sessionHash == null || form == null) {
            throw new InvalidAccessUrl("a claim is missing");
        }
        return new AccessUrl(
                prefix + token,
                jti,
                sessionHash,
                PemForm.ofClaim(form),
                instant(claims.getIssuedAt()),
                instant(claims.getExpirationTime()));
    }

    private static Instant instant(NumericDate date) {
        if (date.getValue() < 0 || date.getValue() > YEAR_10000) {
            throw new InvalidAccessUrl("a time is out of range");
        }
        return Instant.ofEpochSecond(date.getValue());
    }

    /**
     * One text per token: decoders overlook the spare bits at the end of a part and characters of
     * other alphabets, so a changed token could pass for the one that was signed.
     */
    private static boolean isCanonical(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        try {
            for (String part : parts) {
                byte[] octets = Base64.getUrlDecoder().decode(part);
                if (!Base64.getUrlEncoder().withoutPadding().encodeToString(octets).equals(part)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** {@code alg} is what the key named by {@code kid} serves, never what the header claims. */
    private record KeyByKid(AccessKeys keys) implements VerificationKeyResolver {
        @Override
        public Key resolveKey(JsonWebSignature jws, List<JsonWebStructure> nesting)
                throws UnresolvableKeyException {
            String kid = jws.getKeyIdHeaderValue();
            AccessKeys.Key key = kid == null ? null : keys.find(kid).orElse(null);
            if (key == null || !key.algorithm().equals(jws.getAlgorithmHeaderValue())) {
                throw new UnresolvableKeyException("no key for this kid and alg");
            }
            return key.key();
        }
    }
}
