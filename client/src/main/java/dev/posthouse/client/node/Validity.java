package dev.posthouse.client.node;

import dev.posthouse.common.node.NodeCertificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When a certificate is valid.
 *
 * @param notBefore its first second
 * @param notAfter its last
 */
public record Validity(Instant notBefore, Instant notAfter) {

    /** The longest life of any certificate but an Internet gateway's own (RS-002). */
    public static final Duration LONGEST = Duration.ofDays(180);

    /** Clocks differ: a node's by up to two hours (RS-000). */
    private static final Duration BACKDATED = Duration.ofHours(3);

    public Validity {
        notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
        notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * From now, and from a little before, for that long.
     *
     * @throws IllegalArgumentException for longer than certificates may live
     */
    public static Validity from(Instant now, Duration life) {
        if (!life.isPositive() || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a certificate is valid for 180 d at most");
        }
        return new Validity(now.minus(BACKDATED), now.plus(life));
    }

    /** Cut to the issuer's. */
    Validity within(NodeCertificate issuer) {
        return new Validity(
                notBefore.isBefore(issuer.notBefore()) ? issuer.notBefore() : notBefore,
                notAfter.isAfter(issuer.notAfter()) ? issuer.notAfter() : notAfter);
    }
}
