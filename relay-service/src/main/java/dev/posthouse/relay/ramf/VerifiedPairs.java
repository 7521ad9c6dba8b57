package dev.posthouse.relay.ramf;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Which certificates verified with whose key: most parcels of one sender then need one signature
 * check. That a signature verifies stays true; whether a certificate lives is always asked anew,
 * and its end is kept so that it can be forgotten then.
 */
final class VerifiedPairs {

    private static final int MOST = 20_000;

    private final Cache<Pair, Instant> pairs;

    private record Pair(ByteBuffer certificate, NodeId issuer) {

        static Pair of(NodeCertificate certificate, NodeCertificate issuer) {
            return new Pair(ByteBuffer.wrap(certificate.digest()), issuer.id());
        }
    }

    VerifiedPairs() {
        this(MOST);
    }

    VerifiedPairs(int most) {
        pairs = Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
    }

    boolean contains(NodeCertificate certificate, NodeCertificate issuer) {
        return pairs.getIfPresent(Pair.of(certificate, issuer)) != null;
    }

    void add(NodeCertificate certificate, NodeCertificate issuer) {
        pairs.put(Pair.of(certificate, issuer), certificate.notAfter());
    }

    /** Forgets those that live no more. */
    void forgetBefore(Instant now) {
        pairs.asMap().values().removeIf(end -> end.isBefore(now));
    }

    long size() {
        pairs.cleanUp();
        return pairs.estimatedSize();
    }
}
