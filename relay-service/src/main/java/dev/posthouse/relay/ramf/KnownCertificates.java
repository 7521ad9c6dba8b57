package dev.posthouse.relay.ramf;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.posthouse.common.node.NodeCertificate;
import java.nio.ByteBuffer;

/**
 * Certificates as they were read: most come with one parcel after the other. Nothing is judged by
 * them being known. Anybody can have them kept, so it is the memory they take that is bounded.
 */
final class KnownCertificates {

    /** For some 2,000 of the usual ones. */
    private static final long MOST_OCTETS = 8L * 1024 * 1024;

    /** What one takes beside its octets: objects, digest, id, its place here. */
    private static final int OBJECTS = 1024;

    /** The octets themselves, and what was read of them: issuer, number, key, signature. */
    private static final int COPIES = 3;

    private final Cache<ByteBuffer, NodeCertificate> known;

    KnownCertificates() {
        this(MOST_OCTETS);
    }

    /**
     * With a bound.
     *
     * @param mostOctets in memory, in all
     */
    KnownCertificates(long mostOctets) {
        known =
                Caffeine.newBuilder()
                        .maximumWeight(mostOctets)
                        .weigher((ByteBuffer digest, NodeCertificate one) -> octets(one.length()))
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

    /** About what a certificate of that length takes in memory. */
    static int octets(int length) {
        return COPIES * length + OBJECTS;
    }

    long size() {
        known.cleanUp();
        return known.estimatedSize();
    }
}
