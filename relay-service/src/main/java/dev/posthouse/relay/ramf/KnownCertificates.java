package dev.posthouse.relay.ramf;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.posthouse.common.node.NodeCertificate;
import java.nio.ByteBuffer;

/**
 * Certificates as they were read: most come with one parcel after the other. Nothing is judged by
 * them being known. Their number is bounded by their octets.
 */
final class KnownCertificates {

    /** Some 2,000 certificates, and three times that in memory. */
    private static final long MOST_OCTETS = 2L * 1024 * 1024;

    private final Cache<ByteBuffer, NodeCertificate> known;

    KnownCertificates() {
        this(MOST_OCTETS);
    }

    KnownCertificates(long mostOctets) {
        known =
                Caffeine.newBuilder()
                        .maximumWeight(mostOctets)
                        .weigher((ByteBuffer digest, NodeCertificate one) -> one.length())
                        .executor(Runnable::run)
                        .build();
    }

    /**
     * Reads exactly one certificate in DER.
     *
     * @throws dev.posthouse.common.node.InvalidNodeCertificate for anything else
     */
    NodeCertificate read(byte[] der) {
        ByteBuffer digest = ByteBuffer.wrap(NodeCertificate.digest(der));
        return known.get(digest, unknown -> NodeCertificate.parse(der));
    }

    long size() {
        known.cleanUp();
        return known.estimatedSize();
    }
}
