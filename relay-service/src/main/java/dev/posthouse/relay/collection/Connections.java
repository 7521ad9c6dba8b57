package dev.posthouse.relay.collection;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.parcel.ParcelArrived;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** All connections there are, and those of each gateway that collects (PoHTTP, section 11.1). */
@Singleton
final class Connections {

    /** For what they have acknowledged to be recorded. */
    private static final Duration FAREWELL = Duration.ofSeconds(4);

    private static final Duration LAST_WORD = Duration.ofSeconds(1);
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final MeterRegistry metrics;
    private final Counter delivered;
    private final Set<Connection> all = ConcurrentHashMap.newKeySet();
    private final Map<NodeId, Set<Connection>> collecting = new ConcurrentHashMap<>();

    Connections(MeterRegistry metrics) {
        this.metrics = metrics;
        this.delivered = metrics.counter("posthouse.relay.collection.delivered");
        metrics.gauge("posthouse.relay.collection.connections", all, Set::size);
    }

    void add(Connection connection) {
        all.add(connection);
    }

    /** From now on it hears what arrives for that gateway. */
    void join(NodeId gateway, Connection connection) {
        collecting.compute(
                gateway,
                (same, joined) -> {
                    Set<Connection> connections =
                            joined == null ? ConcurrentHashMap.newKeySet() : joined;
                    connections.add(connection);
                    return connections;
                });
    }

    void remove(Connection connection, Optional<NodeId> of) {
        all.remove(connection);
        of.ifPresent(gateway ->
                collecting.computeIfPresent(
                        gateway,
                        (same, joined) -> {
                            joined.remove(connection);
                            return joined.isEmpty() ? null : joined;
                        }));
    }

    void arrived(@Observes ParcelArrived arrival) {
        arrived(arrival.gateway());
    }

    /** Something for that gateway has come. */
    void arrived(NodeId gateway) {
        forEach(gateway, Connection::arrived);
    }

    /** One connection of that gateway has collected these. */
    void collected(NodeId gateway, Set<UUID> deliveries, Connection by) {
        forEach(
                gateway,
                connection -> {
                    if (connection != by) {
                        connection.gone(deliveries);
                    }
                });
    }

    /** That gateway may not collect any longer. */
    void refuse(NodeId gateway) {
        forEach(gateway, Connection::refuse);
    }

    private void forEach(NodeId gateway, Consumer<Connection> what) {
        collecting.getOrDefault(gateway, Set.of()).forEach(what);
    }

    /** A moment has passed. */
    void tick() {
        all.stream().filter(Connection::isHolding).forEach(Connection::tick);
    }

    /** Those who collect now. */
    Set<NodeId> gateways() {
        return Set.copyOf(collecting.keySet());
    }

    /**
     * The gateways that would take more at once.
     *
     * @return of how many waiting parcels all their connections know
     */
    Map<NodeId, Integer> wanting() {
        Map<NodeId, Integer> wanting = new HashMap<>();
        collecting.forEach((gateway, connections) ->
                connections.forEach(connection ->
                        connection
                                .wanting()
                                .ifPresent(known -> wanting.merge(gateway, known, Math::min))));
        return wanting;
    }

    /** Sends all to come again. */
    void sendAway() {
        all.forEach(Connection::leave);
    }

    /**
     * Sends all to come again, and waits for them a while; then sends away those as well who have
     * come meanwhile, or whose acknowledgements cannot be recorded just now.
     */
    void leave() {
        sendAway();
        await(FAREWELL);
        sendAway();
        await(LAST_WORD);
    }

    private void await(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (!all.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    void countDelivered() {
        delivered.increment();
    }

    void countEnded(String code) {
        metrics.counter("posthouse.relay.collection.ended", "code", code).increment();
    }
}
