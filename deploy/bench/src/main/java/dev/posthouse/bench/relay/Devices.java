package dev.posthouse.bench.relay;

import dev.posthouse.bench.rig.Instance;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.client.gateway.Collection;
import dev.posthouse.client.gateway.PoWebClient;
import dev.posthouse.client.https.OctetsApi;
import dev.posthouse.client.https.Patience;
import dev.posthouse.client.https.RetryPolicy;
import dev.posthouse.client.https.Trust;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.NodeKeys;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Private gateways at a relay, by the client that devices have.
 *
 * @param client its calls
 */
record Devices(PoWebClient client) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    static Devices at(Instance relay, Stage stage) {
        Clock clock = stage.clock();
        return new Devices(
                new PoWebClient(
                        new OctetsApi(
                                relay.url(), Trust.read(stage.bed().pki().trustAnchor()), clock),
                        new Patience(
                                new RetryPolicy(RandomGenerator.getDefault()),
                                clock,
                                (length, why) -> Thread.sleep(length)),
                        clock,
                        PATIENCE));
    }

    /** So many that are new there. */
    List<NodeIdentity> register(int count) {
        return Stream.generate(this::next).limit(count).toList();
    }

    private NodeIdentity next() {
        KeyPair keys = NodeKeys.create();
        return client.register(keys).identity(keys);
    }

    /** Takes all that waits for one; says how much that was. */
    int collect(NodeIdentity gateway) {
        AtomicInteger taken = new AtomicInteger();
        client.collection(gateway)
                .collect(
                        Collection.Mode.UNTIL_EMPTY,
                        Integer.MAX_VALUE,
                        parcel -> taken.incrementAndGet());
        return taken.get();
    }

    @Override
    public void close() {
        client.close();
    }
}
