package dev.posthouse.relay.collection;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.queue.Worker;
import dev.posthouse.relay.gateway.Gateways;
import dev.posthouse.relay.parcel.WaitingParcels;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks, for all connections at once, for what other replicas have taken and whom they have
 * revoked: a connection that waits costs no query of its own.
 */
@Singleton
final class Lookout {

    private static final Duration TICK = Duration.ofMillis(500);
    private static final int AT_ONCE = 1_000;

    /** Revocations are looked for in every so many rounds. */
    private static final int ROUNDS = 4;

    private final Connections connections;
    private final WaitingParcels parcels;
    private final Gateways gateways;
    private final Worker worker = new Worker("collection-lookout", TICK, this::round);
    private int rounds;

    Lookout(Connections connections, WaitingParcels parcels, Gateways gateways) {
        this.connections = connections;
        this.parcels = parcels;
        this.gateways = gateways;
    }

    void start(@Observes StartupEvent started) {
        worker.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        worker.close();
    }

    private boolean round() {
        connections.tick();
        Map<NodeId, Integer> some = new HashMap<>();
        connections
                .wanting()
                .forEach((gateway, known) -> {
                    some.put(gateway, known);
                    if (some.size() >= AT_ONCE) {
                        look(some);
                    }
                });
        look(some);
        rounds++;
        if (rounds % ROUNDS == 0) {
            refuseRevoked();
        }
        return false;
    }

    private void look(Map<NodeId, Integer> known) {
        if (!known.isEmpty()) {
            parcels.withMore(known).forEach(connections::arrived);
            known.clear();
        }
    }

    private void refuseRevoked() {
        List<NodeId> collecting = new ArrayList<>(connections.gateways());
        for (int from = 0; from < collecting.size(); from += AT_ONCE) {
            List<NodeId> some =
                    collecting.subList(from, Math.min(collecting.size(), from + AT_ONCE));
            gateways.revoked(some).forEach(connections::refuse);
        }
    }
}
