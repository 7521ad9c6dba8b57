package dev.posthouse.common.accessurl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.x509.PemForm;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.testing.FakeClock;
import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestAccessUrls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Random;
import java.util.function.Consumer;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 7: our AccessURLs, and everything that is none. */
final class AccessUrlVerifierTest {

    private static final String REPOSITORY = "https://repository.example";
    private static final SessionName SESSION = new SessionName("a-session-name-of-tests");
    private static final Instant NOW =
            Instant.ofEpochMilli(System.currentTimeMillis()).truncatedTo(ChronoUnit.SECONDS);

    private final TestAccessUrls urls = TestAccessUrls.shared(REPOSITORY);
    private final FakeClock clock = new FakeClock(NOW);
    private final AccessUrlVerifier verifier =
            new AccessUrlVerifier(
                    REPOSITORY + "/",
                    new AccessKeys(ServiceResource.directory().resolve("access-keys.jwks"), clock),
                    clock);

    private String good() {
        return urls.url(urls.claims(SESSION, NOW));
    }

    private String with(Consumer<JwtClaims> change) {
        JwtClaims claims = urls.claims(SESSION, NOW);
        change.accept(claims);
        return urls.url(claims);
    }

    private void assertRefused(String url) {
        assertThatThrownBy(() -> verifier.verify(url)).as(url).isInstanceOf(InvalidAccessUrl.class);
    }

    @Test
    void readsOneOfOurs() {
        String url = good();

        AccessUrl read = verifier.verify(url, SESSION);

        assertThat(read.url()).isEqualTo(url);
        assertThat(read.form()).isEqualTo(PemForm.PEM);
        assertThat(read.issuedAt()).isEqualTo(NOW);
        assertThat(read.expires()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(read.isFor(SESSION)).isTrue();
    }

    @Test
    void showsNothingOfItself() {
        AccessUrl read = verifier.verify(good());

        assertThat(read.toString())
                .doesNotContain(read.url())
                .doesNotContain(read.jti())
                .doesNotContain(read.sessionHash())
                .contains(read.jtiHash());
    }

    @Test
    void hashesASessionAsTheSheetSays() {
        // The first 16 octets of SHA-256("session\nabcdefghijklmnop"), base64url.
        assertThat(AccessUrl.sessionHash(new SessionName("abcdefghijklmnop")))
                .isEqualTo("qc20v4duRY7j_FtkWaDpZg");
    }

    @Test
    void refusesTheUrlOfAnotherSession() {
        String url = good();

        assertThatThrownBy(() -> verifier.verify(url, new SessionName("a-session-name-of-testz")))
                .isInstanceOf(InvalidAccessUrl.class);
    }

    @Test
    void ends() {
        String url = good();
        clock.advance(Duration.ofDays(1).minusSeconds(1));
        assertThat(verifier.verify(url).isFor(SESSION)).isTrue();

        clock.advance(Duration.ofSeconds(1));

        assertRefused(url);
    }

    @Test
    void refusesTheSameTokenElsewhere() {
        String url = good();

        assertRefused(url.replace("repository.example", "repository.example.evil.example"));
        assertRefused(url.replace("https:", "http:"));
        assertRefused(url.replace(REPOSITORY + "/", REPOSITORY + "//"));
        assertRefused(url.replace(REPOSITORY + "/", REPOSITORY + "/x/"));
        assertRefused(url + "?a=b");
        assertRefused(url + "#a");
        assertRefused(url + "/");
        assertRefused(" " + url);
        assertRefused(REPOSITORY);
        assertRefused("");
    }

    @Test
    void refusesClaimsOfAnotherKind() {
        assertRefused(with(claims -> claims.setAudience("https://elsewhere.example")));
        assertRefused(with(claims -> claims.unsetClaim("aud")));
        assertRefused(with(claims -> claims.unsetClaim("exp")));
        assertRefused(with(claims -> claims.unsetClaim("iat")));
        assertRefused(with(claims -> claims.unsetClaim("jti")));
        assertRefused(with(claims -> claims.unsetClaim("sh")));
        assertRefused(with(claims -> claims.unsetClaim("pf")));
        assertRefused(with(claims -> claims.setStringClaim("pf", "der")));
        assertRefused(with(claims -> claims.setClaim("pf", 7)));
        assertRefused(with(claims -> claims.setClaim("sh", 7)));
        assertRefused(with(claims -> claims.setJwtId("short")));
        assertRefused(with(claims -> claims.setJwtId("../../../../etc/passwd-xx")));
        assertRefused(with(claims -> claims.setClaim("exp", "never")));
        assertRefused(with(claims -> claims.setClaim("exp", Long.MAX_VALUE)));
        assertRefused(with(claims -> claims.setClaim("exp", 10_000_000_000_000L)));
        assertRefused(with(claims -> claims.setClaim("iat", Long.MIN_VALUE)));
        assertRefused(with(claims -> claims.setStringClaim("long", "x".repeat(1_000))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "at+jwt", "application/access-url", "access-url"})
    void refusesATokenOfAnotherType(String type) {
        assertRefused(REPOSITORY + "/" + urls.token(urls.claims(SESSION, NOW), type));
    }

    @Test
    void refusesTheKeyOfAStranger() {
        TestAccessUrls stranger = TestAccessUrls.stranger(REPOSITORY);

        assertRefused(stranger.url(stranger.claims(SESSION, NOW)));
    }

    /** The header names our key, the signature is another's. */
    @Test
    void refusesAStrangersSignatureUnderOurKeyId() throws JoseException {
        TestAccessUrls stranger = TestAccessUrls.stranger(REPOSITORY);
        JsonWebSignature jws = jws("ES256");
        jws.setKey(stranger.key().getPrivateKey());

        assertRefused(REPOSITORY + "/" + jws.getCompactSerialization());
    }

    /** The classic: our public key as a secret. */
    @Test
    void refusesASymmetricSignatureMadeWithOurPublicKey() throws JoseException {
        JsonWebSignature jws = jws("HS256");
        jws.setKey(new HmacKey(urls.key().getPublicKey().getEncoded()));

        assertRefused(REPOSITORY + "/" + jws.getCompactSerialization());
    }

    @Test
    void refusesATokenWithoutASignature() throws JoseException {
        JsonWebSignature jws = jws("none");
        jws.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
        String unsigned = jws.getCompactSerialization();

        assertRefused(REPOSITORY + "/" + unsigned);
        assertRefused(REPOSITORY + "/" + unsigned + "AA");
    }

    @Test
    void takesTheAlgorithmFromTheKeyAndNotFromTheHeader() {
        String[] parts = token(good()).split("\\.", -1);
        for (String claimed : new String[] {"EdDSA", "ES384", "RS256", "none", "es256"}) {
            String header =
                    "{\"alg\":\"%s\",\"typ\":\"access-url+jwt\",\"kid\":\"%s\"}"
                            .formatted(claimed, urls.key().getKeyId());

            assertRefused(REPOSITORY + "/" + base64(header) + "." + parts[1] + "." + parts[2]);
        }
    }

    @Test
    void refusesAKeyCarriedInTheHeader() throws JoseException {
        TestAccessUrls stranger = TestAccessUrls.stranger(REPOSITORY);
        JsonWebSignature jws = jws("ES256");
        jws.setKey(stranger.key().getPrivateKey());
        jws.setJwkHeader(stranger.key());
        jws.getHeaders().setStringHeaderValue("kid", stranger.key().getKeyId());

        assertRefused(REPOSITORY + "/" + jws.getCompactSerialization());
    }

    @Test
    void refusesATokenWhoseSpareBitsAreChanged() {
        String url = good();
        int refused = 0;
        for (char spare : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray()) {
            String changed = url.substring(0, url.length() - 1) + spare;
            if (!changed.equals(url)) {
                assertRefused(changed);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(50);
        assertRefused(url + "=");
        assertRefused(url + "==");
        assertRefused(url + "\n");
    }

    @Test
    void refusesEveryChangedCharacter() {
        String token = token(good());
        Random random = new Random(7);
        int rounds = Math.max(300, Integer.getInteger("posthouse.fuzz.rounds", 2_000) / 4);
        for (int round = 0; round < rounds; round++) {
            int at = random.nextInt(token.length());
            char other = (char) (32 + random.nextInt(95));
            if (other != token.charAt(at)) {
                assertRefused(
                        REPOSITORY
                                + "/"
                                + token.substring(0, at)
                                + other
                                + token.substring(at + 1));
            }
        }
    }

    private static String token(String url) {
        return url.substring(REPOSITORY.length() + 1);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private JsonWebSignature jws(String algorithm) {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setPayload(urls.claims(SESSION, NOW).toJson());
        jws.setKeyIdHeaderValue(urls.key().getKeyId());
        jws.setHeader("typ", AccessUrl.TYPE);
        jws.setAlgorithmHeaderValue(algorithm);
        return jws;
    }
}
