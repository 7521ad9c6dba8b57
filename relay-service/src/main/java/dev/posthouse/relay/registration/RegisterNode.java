package dev.posthouse.relay.registration;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.NodeKey;
import dev.posthouse.common.node.PssSignature;
import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.gateway.Gateways;
import dev.posthouse.relay.identity.OwnIdentity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Arrays;

/**
 * Registers a private gateway (PoHTTP, section 11.1).
 *
 * <ol>
 *   <li>The authorisation is ours and in date; checked first, because it costs us least.
 *   <li>The node has the key it brings, and it is the key that was authorised.
 *   <li>In one transaction: the authorisation is used up, the gateway registered.
 *   <li>Its certificate is issued.
 * </ol>
 *
 * A crash before 4 leaves a gateway that is registered and asks again.
 */
@Singleton
final class RegisterNode {

    private final OwnIdentity us;
    private final Gateways gateways;
    private final UsedAuthorizations used;
    private final Clock clock;
    private final Counter registrations;

    RegisterNode(
            OwnIdentity us,
            Gateways gateways,
            UsedAuthorizations used,
            Clock clock,
            MeterRegistry metrics) {
        this.us = us;
        this.gateways = gateways;
        this.used = used;
        this.clock = clock;
        this.registrations = metrics.counter("posthouse.relay.registrations");
    }

    /** Registers who sent this request; answers with its certificate and ours. */
    Registered register(byte[] octets) {
        RegistrationRequest request = request(octets);
        RegistrationAuthorization authorization = authorization(request);
        PublicKey key = key(request);
        NodeId gateway = NodeId.of(key);
        requireSameKey(gateway, authorization);
        QuarkusTransaction.requiringNew().run(() -> admit(gateway, authorization));
        registrations.increment();
        return new Registered(us.issueFor(key, clock.instant()), us.certificate());
    }

    private static RegistrationRequest request(byte[] octets) {
        try {
            return RegistrationRequest.parse(octets);
        } catch (IllegalArgumentException malformed) {
            throw RelayException.malformed(
                    "registration.request", "The body is no registration request.");
        }
    }

    private RegistrationAuthorization authorization(RegistrationRequest request) {
        RegistrationAuthorization authorization;
        try {
            authorization = RegistrationAuthorization.parse(request.authorization());
        } catch (IllegalArgumentException malformed) {
            throw notAuthorised();
        }
        if (authorization.gatewayData().length < PreRegisterNode.DIGEST
                || !us.hasSigned(authorization.signed(), authorization.signature())) {
            throw notAuthorised();
        }
        if (authorization.expires().isBefore(clock.instant())) {
            throw RelayException.malformed(
                    "registration.expired", "The authorisation has expired.");
        }
        return authorization;
    }

    private static RelayException notAuthorised() {
        return RelayException.malformed(
                "registration.authorization", "The authorisation is not one of ours.");
    }

    private static PublicKey key(RegistrationRequest request) {
        PublicKey key;
        try {
            key = NodeKey.parse(request.publicKey());
        } catch (IllegalArgumentException unusable) {
            throw RelayException.malformed(
                    "registration.key", "The key is not an RSA key of 2048 bits or more.");
        }
        if (!PssSignature.SHA_256.verifies(
                key, request.countersigned(), request.countersignature())) {
            throw RelayException.malformed(
                    "registration.countersignature", "The countersignature is not by this key.");
        }
        return key;
    }

    private static void requireSameKey(NodeId gateway, RegistrationAuthorization authorization) {
        byte[] authorised = Arrays.copyOf(authorization.gatewayData(), PreRegisterNode.DIGEST);
        if (!Arrays.equals(gateway.hash(), authorised)) {
            throw RelayException.forbidden(
                    "registration.other-key", "The authorisation is for another key.");
        }
    }

    private void admit(NodeId gateway, RegistrationAuthorization authorization) {
        if (!used.use(authorization)) {
            throw RelayException.forbidden("registration.used", "The authorisation has been used.");
        }
        if (!gateways.register(gateway)) {
            throw RelayException.forbidden(
                    "gateway.revoked", "This private gateway is not served any longer.");
        }
    }
}
