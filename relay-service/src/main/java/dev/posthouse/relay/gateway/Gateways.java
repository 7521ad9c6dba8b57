package dev.posthouse.relay.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.relay.RelayConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The private gateways we serve (PoHTTP, sections 7 and 11.1): those that have registered and those
 * in the settings, less those that an operator has revoked.
 */
@Singleton
@Startup
public final class Gateways {

    /** A revocation counts everywhere after this long, and at once where it was ordered. */
    private static final Duration BELIEVED = Duration.ofSeconds(1);

    private static final int MOST_BELIEVED = 100_000;

    private final GatewayRegister register;
    private final Set<NodeId> configured;
    private final Clock clock;

    /** Never one that is not registered: it may do so at another replica and come here at once. */
    private final Cache<NodeId, Boolean> registered =
            Caffeine.newBuilder().expireAfterWrite(BELIEVED).maximumSize(MOST_BELIEVED).build();

    Gateways(GatewayRegister register, RelayConfig settings, Clock clock) {
        this.register = register;
        this.configured = BadSetting.read("relay.gateways.registered", () -> configured(settings));
        this.clock = clock;
    }

    private static Set<NodeId> configured(RelayConfig settings) {
        return settings.gateways().registered().orElse(Set.of()).stream()
                .map(NodeId::parse)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it is registered and not revoked. */
    public boolean isRegistered(NodeId gateway) {
        if (registered.getIfPresent(gateway) != null) {
            return true;
        }
        boolean found =
                QuarkusTransaction.joiningExisting()
                        .call(() -> register.look(gateway))
                        .map(known -> known.revoked() == null && isNamed(gateway, known))
                        .orElseGet(() -> configured.contains(gateway));
        if (found) {
            registered.put(gateway, true);
        }
        return found;
    }

    private boolean isNamed(NodeId gateway, KnownGateway known) {
        return known.registered() != null || configured.contains(gateway);
    }

    /**
     * Registers a gateway in the caller's transaction.
     *
     * @return whether it may, not being revoked
     */
    public boolean register(NodeId gateway) {
        return register.register(gateway, clock.instant());
    }

    /** From now on it may do nothing here; parcels for it wait until they expire. */
    void revoke(NodeId gateway) {
        QuarkusTransaction.requiringNew().run(() -> register.revoke(gateway, clock.instant()));
        registered.invalidate(gateway);
    }

    /** It may do again what it did before. */
    void readmit(NodeId gateway) {
        QuarkusTransaction.requiringNew().run(() -> register.readmit(gateway));
    }

    /** Those of these that an operator has revoked. */
    public List<NodeId> revoked(Collection<NodeId> among) {
        return QuarkusTransaction.requiringNew().call(() -> register.revoked(among));
    }

    /** A page of all there are, by their ids. */
    List<KnownGateway> list(String after, int most) {
        return QuarkusTransaction.requiringNew().call(() -> register.list(after, most, configured));
    }
}
