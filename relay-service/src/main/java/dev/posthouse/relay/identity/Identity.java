package dev.posthouse.relay.identity;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeCertificates;
import dev.posthouse.common.node.NodeRole;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who we are at a time (PoHTTP, section 6).
 *
 * @param key the one that signs
 * @param certificates all our own ones in the database, of this key and earlier ones, newest first
 */
record Identity(OwnKey key, List<NodeCertificate> certificates) {

    static final Duration OWN_LIFE = Duration.ofDays(360);
    private static final Duration LIFE = Duration.ofDays(180);

    /** Against clocks that are behind. */
    private static final Duration BACKDATED = Duration.ofHours(3);

    Identity {
        certificates = List.copyOf(certificates);
    }

    /** Our newest certificate of this key, if one is valid then. */
    Optional<NodeCertificate> newest(Instant now) {
        return certificates.stream()
                .filter(certificate -> certificate.id().equals(key.id()))
                .filter(certificate -> certificate.isValidAt(now))
                .findFirst();
    }

    /** Whether a new one is due: half the life of the newest is over, or there is none. */
    boolean isRenewalDue(Instant now) {
        return newest(now)
                .map(newest ->
                        newest.notBefore()
                                .plus(
                                        Duration.between(newest.notBefore(), newest.notAfter())
                                                .dividedBy(2)))
                .map(half -> !now.isBefore(half))
                .orElse(true);
    }

    /** The same with a new certificate of the same key. */
    Identity renewed(Instant now) {
        NodeCertificate certificate =
                NodeCertificates.issue(
                        key.pair(),
                        key.pair().getPublic(),
                        NodeRole.INTERNET_GATEWAY,
                        now.minus(BACKDATED),
                        now.plus(OWN_LIFE));
        return new Identity(
                key, Stream.concat(Stream.of(certificate), certificates.stream()).toList());
    }

    /** A certificate for a private gateway's key; it ends no later than ours. */
    NodeCertificate issueFor(PublicKey gateway, Instant now) {
        NodeCertificate own = newest(now).orElseThrow(Identity::none);
        return NodeCertificates.issue(
                key.pair(),
                gateway,
                NodeRole.PRIVATE_GATEWAY,
                later(own.notBefore(), now.minus(BACKDATED)),
                earlier(own.notAfter(), now.plus(LIFE)));
    }

    static IllegalStateException none() {
        return new IllegalStateException("None of our certificates is valid now.");
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
