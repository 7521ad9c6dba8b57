package dev.posthouse.ca.profile;

import dev.posthouse.ca.CaConfig;
import dev.posthouse.ca.CaException.IssuanceRefused;
import dev.posthouse.ca.key.Issuer;
import dev.posthouse.ca.key.SigningKeys;
import dev.posthouse.common.setting.BadSetting;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Drafts certificates as certificates, section 10 has them. */
@Singleton
@Startup
public final class CertificateProfile {

    private static final Duration LEAST_LIFETIME = Duration.ofDays(1);
    private static final Duration MOST_LIFETIME = Duration.ofDays(397);
    private static final Duration MOST_SKEW = Duration.ofDays(1);

    private final CaConfig.Profile settings;
    private final SigningKeys keys;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    CertificateProfile(CaConfig settings, SigningKeys keys, Clock clock) {
        this.settings = settings.profile();
        this.keys = keys;
        this.clock = clock;
        requireWithin(
                "ca.profile.lifetime", this.settings.lifetime(), LEAST_LIFETIME, MOST_LIFETIME);
        requireWithin("ca.profile.skew", this.settings.skew(), Duration.ZERO, MOST_SKEW);
    }

    private static void requireWithin(
            String setting, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new BadSetting(
                    setting, "must be from " + least + " to " + most + ", not " + value);
        }
    }

    /**
     * The certificate for a requester, under the issuer of this moment and a fresh serial.
     *
     * @throws IssuanceRefused when that issuer may not issue for the addresses
     */
    public Draft draft(Requester requester) {
        Issuer issuer = keys.current();
        requirePermitted(requester, issuer);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant notAfter = now.plus(settings.lifetime());
        return new Draft(
                SerialNumber.random(random),
                requester,
                now.minus(settings.skew()),
                notAfter.isBefore(issuer.notAfter()) ? notAfter : issuer.notAfter(),
                issuer);
    }

    /**
     * Whether the newest issuer may issue for the addresses.
     *
     * @throws IssuanceRefused when it may not
     */
    public void requirePermitted(Requester requester) {
        requirePermitted(requester, keys.newest());
    }

    private static void requirePermitted(Requester requester, Issuer issuer) {
        if (!issuer.constraints().permit(requester.clientAddr())
                || !issuer.constraints().permit(requester.wanAddr())) {
            throw IssuanceRefused.outsideConstraints();
        }
    }
}
