package dev.posthouse.relay.ramf;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/**
 * Which certificates verified with whose key: most parcels of one sender then need one signature
 * check. That a signature verifies stays true, and whether a certificate lives is asked every time;
 * it is forgotten when it ends for the room it takes.
 */
final class VerifiedPairs {

    private static final int MOST = 20_000;

    private final Cache<Pair, Duration> pairs;

    private record Pair(ByteBuffer certificate, NodeId issuer) {

        static Pair of(NodeCertificate certificate, NodeCertificate issuer) {
            return new Pair(ByteBuffer.wrap(certificate.digest()), issuer.id());
        }
    }

    VerifiedPairs() {
        this(MOST, Ticker.systemTicker());
    }

    VerifiedPairs(int most, Ticker ticker) {
        pairs =
                Caffeine.newBuilder()
                        .maximumSize(most)
                        .expireAfter(Expiry.<Pair, Duration>creating((pair, life) -> life))
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .build();
    }

    boolean contains(NodeCertificate certificate, NodeCertificate issuer) {
        return pairs.getIfPresent(Pair.of(certificate, issuer)) != null;
    }

    /** Remembers that for as long as the certificate lives from now on. */
    void add(NodeCertificate certificate, NodeCertificate issuer, Instant now) {
        if (certificate.isValidAt(now)) {
            Duration life = Duration.between(now, certificate.notAfter());
            pairs.put(Pair.of(certificate, issuer), life);
        }
    }

    long size() {
        pairs.cleanUp();
        return pairs.estimatedSize();
    }
}
