package dev.posthouse.client.cert;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * When a certificate is to be renewed (certificates, section 10): at 2/3 of its lifetime, ± 1/20 of
 * it, so that devices which began together do not stay together. The spread comes from the
 * certificate itself, so that asking each hour draws no new one.
 *
 * @param current the certificate in use
 */
public record Renewal(X509Certificate current) {

    private static final double DUE = 2.0 / 3;
    private static final double SPREAD = 1.0 / 20;
    private static final int BITS = 32;

    /** From when on. */
    public Instant due() {
        Instant from = current.getNotBefore().toInstant();
        Duration lifetime = Duration.between(from, current.getNotAfter().toInstant());
        double share = DUE + SPREAD * (2 * fraction() - 1);
        return from.plusSeconds(Math.round(lifetime.toSeconds() * share));
    }

    private double fraction() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(current.getEncoded());
            long bits = new BigInteger(1, hash).shiftRight(8 * hash.length - BITS).longValue();
            return bits / (double) (1L << BITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }
}
