package dev.posthouse.relay.identity;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.PssSignature;
import dev.posthouse.relay.identity.EstablishIdentity.Established;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Who this Internet gateway is: its key, and its self-issued certificates, of which the newest
 * signs and all unexpired ones are trusted (PoHTTP, section 6). All replicas are the same one.
 */
@Singleton
@Startup
public final class OwnIdentity {

    private static final Logger LOG = Logger.getLogger(OwnIdentity.class);

    private final EstablishIdentity establish;
    private final List<NodeCertificate> further;
    private final SessionKey sessionKey;
    private final Clock clock;
    private volatile Identity identity;

    OwnIdentity(EstablishIdentity establish, IdentityFiles files, Clock clock) {
        this.establish = establish;
        this.further = files.trusted();
        this.clock = clock;
        Established established = establish.establish();
        this.sessionKey = established.sessionKey();
        this.identity = established.identity();
        LOG.infof("this Internet gateway is %s", id());
    }

    /** Takes up what other replicas have added, and renews our certificate when that is due. */
    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        try {
            Identity read = establish.read(identity.key());
            identity = read.isRenewalDue(clock.instant()) ? establish.renew(identity.key()) : read;
        } catch (RuntimeException failed) {
            LOG.warnf(
                    "our certificates cannot be looked at: %s", failed.getClass().getSimpleName());
        }
    }

    /** Our node id. */
    public NodeId id() {
        return identity.key().id();
    }

    /** Our public key. */
    public PublicKey publicKey() {
        return identity.key().pair().getPublic();
    }

    /**
     * The newest of our certificates.
     *
     * @throws IllegalStateException if none is valid now
     */
    public NodeCertificate certificate() {
        return identity.newest(clock.instant()).orElseThrow(Identity::none);
    }

    /** All certificates of ours that are valid then: the only anchors there are. */
    public List<NodeCertificate> trusted(Instant now) {
        return Stream.concat(identity.certificates().stream(), further.stream())
                .filter(certificate -> certificate.isValidAt(now))
                .distinct()
                .toList();
    }

    /** Signs octets as they are: raw RSA-PSS with SHA-256. */
    public byte[] sign(byte[] octets) {
        return PssSignature.SHA_256.sign(identity.key().pair().getPrivate(), octets);
    }

    /** Whether we signed that. */
    public boolean hasSigned(byte[] octets, byte[] signature) {
        return PssSignature.SHA_256.verifies(publicKey(), octets, signature);
    }

    /**
     * Issues a private gateway's certificate: 180 days, begun 3 hours ago, within our own.
     *
     * @throws IllegalStateException if none of our own is valid then
     */
    public NodeCertificate issueFor(PublicKey privateGateway, Instant now) {
        return identity.issueFor(privateGateway, now);
    }

    /** Whether that is a certificate of ours for somebody, and in date. */
    public boolean hasIssued(NodeCertificate certificate, Instant now) {
        return certificate.isValidAt(now)
                && trusted(now).stream()
                        .filter(own -> certificate.namesIssuer(own.id()))
                        .anyMatch(certificate::isSignedBy);
    }

    /** Our key for agreeing on keys. */
    public SessionKey sessionKey() {
        return sessionKey;
    }
}
