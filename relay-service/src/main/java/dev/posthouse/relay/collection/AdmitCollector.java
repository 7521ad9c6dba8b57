package dev.posthouse.relay.collection;

import dev.posthouse.relay.gateway.Gateways;
import dev.posthouse.relay.identity.OwnIdentity;
import dev.posthouse.relay.ramf.DetachedSignature;
import dev.posthouse.relay.ramf.InvalidSignature;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds out who wants to collect (PoHTTP, section 11.1): the challenge must be signed with a
 * certificate that we issued and that is in date, by a gateway that is registered.
 */
@Singleton
final class AdmitCollector {

    private final OwnIdentity identity;
    private final Gateways gateways;
    private final Clock clock;

    AdmitCollector(OwnIdentity identity, Gateways gateways, Clock clock) {
        this.identity = identity;
        this.gateways = gateways;
        this.clock = clock;
    }

    /** Who has signed the challenge, if it is somebody who may collect. */
    Optional<Collector> admit(byte[] signature, Challenge challenge) {
        try {
            return DetachedSignature.signers(signature, challenge.signed()).stream()
                    .filter(shown -> identity.hasIssued(shown, clock.instant()))
                    .map(ours -> new Collector(ours.id(), ours.notAfter()))
                    .filter(this::mayCollect)
                    .max(Comparator.comparing(Collector::until));
        } catch (InvalidSignature invalid) {
            return Optional.empty();
        }
    }

    /** Whether somebody who was admitted still may. */
    boolean mayCollect(Collector collector) {
        return !collector.until().isBefore(clock.instant())
                && gateways.isRegistered(collector.gateway());
    }
}
