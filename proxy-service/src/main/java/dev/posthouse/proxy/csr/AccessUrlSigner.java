package dev.posthouse.proxy.csr;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.accessurl.AccessUrlVerifier;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.common.x509.PemForm;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.proxy.ProxyConfig;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Makes AccessURLs (certificates, section 7): a JWT signed by this proxy's key, that says nothing
 * personal and whose {@code jti} nobody can guess.
 */
@Singleton
final class AccessUrlSigner {

    private static final int JTI_OCTETS = 16;
    private static final SessionName LONGEST = new SessionName("0".repeat(64));

    private final ProxyConfig settings;
    private final AccessKey key;
    private final Clock clock;
    private final String repositoryUrl;
    private final SecureRandom random = new SecureRandom();

    AccessUrlSigner(ProxyConfig settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.key = new AccessKey(settings.accessKey(), clock);
        this.repositoryUrl =
                AccessUrlVerifier.withoutSlash(
                        BadSetting.https("proxy.repository-url", settings.repositoryUrl())
                                .toString());
        if (sign(LONGEST, PemForm.PEM).url().length() > AccessUrl.MOST_CHARACTERS) {
            throw new BadSetting("proxy.repository-url", "is too long for an AccessURL");
        }
    }

    /**
     * A fresh AccessURL.
     *
     * @param url the whole URL
     * @param jti its name
     * @param expires when the session ends
     */
    record SignedUrl(String url, String jti, Instant expires) {

        @Override
        public String toString() {
            return "SignedUrl[" + AccessUrl.jtiHash(jti) + "]";
        }
    }

    SignedUrl sign(SessionName sessionName, PemForm form) {
        Instant issued = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expires = issued.plus(settings.accessUrl().lifetime());
        String jti = newJti();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer("spiffe://" + settings.trustDomain() + "/proxy-service");
        claims.setAudience(repositoryUrl);
        claims.setIssuedAt(NumericDate.fromSeconds(issued.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(expires.getEpochSecond()));
        claims.setJwtId(jti);
        claims.setStringClaim("sh", AccessUrl.sessionHash(sessionName));
        claims.setStringClaim("pf", form.claim());
        return new SignedUrl(repositoryUrl + "/" + token(claims), jti, expires);
    }

    private String token(JwtClaims claims) {
        try {
            return key.current().sign(claims.toJson());
        } catch (JoseException impossible) {
            throw new IllegalStateException("The key was tried before it was used.", impossible);
        }
    }

    private String newJti() {
        byte[] octets = new byte[JTI_OCTETS];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
