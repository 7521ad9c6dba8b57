package dev.posthouse.client.node;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeCertificates;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.NodeRole;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;

/**
 * A node that is ours: its key, its certificate and those above it (RS-002).
 *
 * @param key the first certificate's
 * @param chain the node's own first; each is issued by the next
 */
public record NodeIdentity(PrivateKey key, List<NodeCertificate> chain) {

    public NodeIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a node has a certificate");
        }
    }

    /** A node that nobody vouches for: an Internet gateway, or an endpoint on the Internet. */
    public static NodeIdentity selfIssued(KeyPair pair, NodeRole role, Validity validity) {
        return new NodeIdentity(
                pair.getPrivate(),
                List.of(
                        NodeCertificates.issue(
                                pair,
                                pair.getPublic(),
                                role,
                                validity.notBefore(),
                                validity.notAfter())));
    }

    /** Its own certificate. */
    public NodeCertificate certificate() {
        return chain.getFirst();
    }

    /** What it is known by. */
    public NodeId id() {
        return certificate().id();
    }

    /** A node below this one. */
    public NodeIdentity issue(KeyPair pair, NodeRole role, Validity validity) {
        return new NodeIdentity(pair.getPrivate(), issue(pair.getPublic(), role, validity));
    }

    /**
     * A certificate for another's key, and its chain; never valid when this node's own is not. For
     * {@link NodeRole#SENDER} it is a delivery authorisation.
     */
    public List<NodeCertificate> issue(PublicKey subject, NodeRole role, Validity validity) {
        Validity within = validity.within(certificate());
        KeyPair own = new KeyPair(certificate().publicKey(), key);
        List<NodeCertificate> below = new ArrayList<>();
        below.add(
                NodeCertificates.issue(own, subject, role, within.notBefore(), within.notAfter()));
        below.addAll(chain);
        return below;
    }

    /** The chain up to the private gateway: the Internet gateway knows its own certificate. */
    public List<NodeCertificate> chainWithoutRoot() {
        return chain.stream()
                .filter(one -> one.equals(certificate()) || !isSelfIssued(one))
                .toList();
    }

    private static boolean isSelfIssued(NodeCertificate certificate) {
        return certificate.authorityKeyId().isPresent()
                && certificate.namesIssuer(certificate.id());
    }

    @Override
    public String toString() {
        return "NodeIdentity[" + id() + "]";
    }
}
