package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.gateway.Collection.Mode;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.parcel.ReceivedParcel;
import dev.posthouse.local.process.Pause;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Two replicas of a relay, and private gateways that come to either. */
final class RelayPair implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(20);

    private final Running suite = Running.suite();
    private final ServiceProcess first = suite.processes().service(Service.RELAY);
    private final ServiceProcess second;
    private final ConcurrentLinkedDeque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

    private RelayPair(ServiceProcess second) {
        this.second = second;
    }

    /** Starts the second. */
    static RelayPair start() {
        ServiceProcess second = Running.suite().processes().startReplica(Service.RELAY);
        second.part().awaitReady(Running.PATIENCE);
        return new RelayPair(second);
    }

    ServiceProcess first() {
        return first;
    }

    ServiceProcess second() {
        return second;
    }

    /** A new one, registered by the first. */
    PrivateGateway gateway() {
        return gatewayOf(first);
    }

    /** A new one of another relay. */
    PrivateGateway gatewayOf(ServiceProcess relay) {
        return opened(PrivateGateway.at(relay, suite, PATIENCE));
    }

    /** The same, by way of that replica. */
    PrivateGateway at(ServiceProcess replica, PrivateGateway gateway) {
        return opened(gateway.by(replica, suite));
    }

    /** Begins to collect there. */
    OpenCollection collect(ServiceProcess replica, PrivateGateway gateway) throws IOException {
        return opened(OpenCollection.at(replica, gateway, suite));
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.push(one);
        return one;
    }

    /** Hands them over: some by the one, some by the other, some by both at once. */
    void deliver(PrivateGateway from, PrivateGateway to, List<String> ids) throws Exception {
        List<PrivateGateway> ways = List.of(at(first, from), at(second, from));
        NodeIdentity sender = to.authorized();
        List<Future<?>> deliveries = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < ids.size(); i++) {
                byte[] parcel = to.parcel(sender, ids.get(i));
                for (int way = 0; way < ways.size(); way++) {
                    if (i % 3 != way) {
                        PrivateGateway by = ways.get(way);
                        deliveries.add(threads.submit(() -> by.deliver(parcel)));
                    }
                }
            }
        }
        for (Future<?> delivery : deliveries) {
            delivery.get();
        }
    }

    /** Until so many wait for the gateway. */
    void awaitWaiting(PrivateGateway gateway, long count) {
        await("parcel", gateway, count);
    }

    /** Until all that it has sent is delivered. */
    void awaitDelivered(PrivateGateway gateway) {
        await("outbound", gateway, 0);
    }

    private void await(String table, PrivateGateway gateway, long count) {
        String sql =
                "select count(*) from %s where octets is not null and gateway = '%s'"
                        .formatted(table, gateway.node().id().text());
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long now = suite.count(first, sql); now != count; now = suite.count(first, sql)) {
            assertThat(System.nanoTime())
                    .as("%d instead of %d wait in %s", now, count, table)
                    .isLessThan(end);
            Pause.of(STEP);
        }
    }

    /** What is acknowledged comes no more, wherever it is asked for. */
    void assertNothingWaits(PrivateGateway gateway) {
        List<String> more = new ArrayList<>();
        for (ServiceProcess replica : List.of(first, second)) {
            at(replica, gateway)
                    .collect(
                            Mode.UNTIL_EMPTY,
                            Integer.MAX_VALUE,
                            parcel -> more.add(ReceivedParcel.read(parcel).content().id()));
        }
        assertThat(more).as("what comes after its acknowledgement").isEmpty();
    }

    /** Hangs up, and has both run. */
    void reset() throws Exception {
        for (AutoCloseable one = open.poll(); one != null; one = open.poll()) {
            one.close();
        }
        start(first);
        start(second);
    }

    /** Starts it again, if it does not run. */
    void start(ServiceProcess replica) {
        replica.part().start();
        replica.part().awaitReady(Running.PATIENCE);
    }

    /** Only the first stays. */
    @Override
    public void close() {
        second.part().stop();
    }
}
