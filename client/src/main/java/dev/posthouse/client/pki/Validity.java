package dev.posthouse.client.pki;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.Date;

/** From when to when a certificate is valid. */
record Validity(Instant notBefore, Instant notAfter) {

    /** Clocks differ; a certificate made now is good on a machine that is a little behind. */
    private static final Duration SKEW = Duration.ofMinutes(30);

    static Validity from(Clock clock, TemporalAmount lifetime) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new Validity(now.minus(SKEW), now.atZone(ZoneOffset.UTC).plus(lifetime).toInstant());
    }

    /** Cut so as not to outlive the issuer. */
    Validity within(X509Certificate issuer) {
        Instant last = issuer.getNotAfter().toInstant();
        return notAfter.isAfter(last) ? new Validity(notBefore, last) : this;
    }

    Date start() {
        return Date.from(notBefore);
    }

    Date end() {
        return Date.from(notAfter);
    }
}
