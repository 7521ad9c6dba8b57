package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.NodeRole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks for the path of exactly four certificates by which a recipient authorised a sender
 * (sections 6 and 7, step 10), from the leaf upwards, one level after the other: no general search,
 * which certificates made for it keep busy for minutes.
 *
 * @param attached what came with the parcel, in any order, with whatever else
 * @param trusted our own certificates: the only roots
 * @param now when all of the path must live
 * @param checks how often a signature may be verified
 */
record AuthorisationPath(
        List<NodeCertificate> attached,
        List<NodeCertificate> trusted,
        Instant now,
        SignatureChecks checks) {

    /** The private gateway that vouches for the recipient, who authorised the sender. */
    Optional<NodeId> privateGateway(NodeCertificate sender, NodeId recipient) {
        if (!fits(sender, NodeRole.SENDER)) {
            return Optional.empty();
        }
        return issuers(sender, NodeRole.ENDPOINT, attached)
                .filter(endpoint -> endpoint.id().equals(recipient))
                .filter(endpoint -> checks.isSigned(sender, endpoint))
                .flatMap(endpoint -> privateGateways(endpoint))
                .map(NodeCertificate::id)
                .findFirst();
    }

    private Stream<NodeCertificate> privateGateways(NodeCertificate endpoint) {
        return issuers(endpoint, NodeRole.PRIVATE_GATEWAY, attached)
                .filter(gateway -> !isOurs(gateway))
                .filter(gateway -> checks.isSigned(endpoint, gateway))
                .filter(this::isIssuedByUs);
    }

    private boolean isIssuedByUs(NodeCertificate gateway) {
        return issuers(gateway, NodeRole.INTERNET_GATEWAY, trusted)
                .anyMatch(root -> checks.isSigned(gateway, root));
    }

    /** We are no private gateway of ours. */
    private boolean isOurs(NodeCertificate certificate) {
        return trusted.stream().anyMatch(root -> root.id().equals(certificate.id()));
    }

    /** Those that may have issued that certificate, as far as can be told without their keys. */
    private Stream<NodeCertificate> issuers(
            NodeCertificate issued, NodeRole role, List<NodeCertificate> among) {
        return among.stream()
                .filter(one -> issued.namesIssuer(one.id()))
                .filter(one -> fits(one, role));
    }

    private boolean fits(NodeCertificate certificate, NodeRole role) {
        return role.isHeldBy(certificate)
                && certificate.isValidAt(now)
                && certificate.isUnderstood()
                && certificate.hasUsableKey();
    }
}
