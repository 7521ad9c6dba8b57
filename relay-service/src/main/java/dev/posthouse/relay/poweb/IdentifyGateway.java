package dev.posthouse.relay.poweb;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.gateway.Gateways;
import dev.posthouse.relay.identity.OwnIdentity;
import dev.posthouse.relay.ramf.DetachedSignature;
import dev.posthouse.relay.ramf.InvalidSignature;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/**
 * Finds out which private gateway delivers a parcel (PoHTTP, section 11.1): it has countersigned
 * it, with a certificate that we issued and that is in date, and it is registered.
 */
@Singleton
final class IdentifyGateway {

    private final OwnIdentity us;
    private final Gateways gateways;
    private final Clock clock;

    IdentifyGateway(OwnIdentity us, Gateways gateways, Clock clock) {
        this.us = us;
        this.gateways = gateways;
        this.clock = clock;
    }

    /** The gateway that these {@code Authorization} headers show to have sent this parcel. */
    NodeId identify(List<String> authorization, byte[] parcel) {
        Countersignature countersignature =
                Countersignature.of(authorization).orElseThrow(IdentifyGateway::missing);
        return signers(countersignature, parcel).stream()
                .filter(shown -> us.hasIssued(shown, clock.instant()))
                .map(NodeCertificate::id)
                .filter(gateways::isRegistered)
                .findFirst()
                .orElseThrow(IdentifyGateway::unknown);
    }

    private static List<NodeCertificate> signers(Countersignature countersignature, byte[] parcel) {
        try {
            byte[] head = Countersignature.signedBefore(parcel.length);
            return DetachedSignature.signers(countersignature.cms(), head, parcel);
        } catch (InvalidSignature invalid) {
            throw RelayException.unauthenticated(
                    "countersignature.invalid", "The countersignature is not valid.");
        }
    }

    private static RelayException unknown() {
        return RelayException.unauthenticated(
                "countersignature.gateway",
                "The countersignature is not by a private gateway that is served here.");
    }

    private static RelayException missing() {
        return RelayException.unauthenticated(
                "countersignature.missing", "A parcel is delivered with one countersignature.");
    }
}
