package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.e2e.OpenCollection.Delivery;
import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many who have connected to a relay and do nothing more (PoHTTP, sections 8 and 11.1), as many as
 * a process may have files, and others whose parcels are taken and collected meanwhile.
 */
@Timeout(600)
@Tag("soak")
final class IdleSocketsIT {

    /** What else a relay opens: archives, connections to its database. */
    private static final int OTHER_FILES = 1_000;

    private static final int SOCKETS = permitted(Running.LONG ? 2_000 : 200);
    private static final int GATEWAYS = 2;
    private static final int OF_A_GATEWAY = permitted(Running.LONG ? 1_000 : 100) / GATEWAYS;
    private static final long COLLECTORS = (long) GATEWAYS * OF_A_GATEWAY;

    /** Who does nothing at all for a minute is cut off. */
    private static final Duration STANDING = Duration.ofSeconds(Running.LONG ? 15 : 5);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Who waits for one of the idle waits for longer than that, also on a busy machine. */
    private static final Duration IN_GOOD_TIME = Duration.ofSeconds(10);

    private static final Duration STEP = Duration.ofMillis(100);
    private static final long OF_EACH = 64 << 10;
    private static final String CONNECTIONS = "posthouse_relay_collection_connections";

    private final Running suite = Running.suite();
    private final ServiceProcess relay = suite.processes().service(Service.RELAY);
    private final IdleSockets sockets = new IdleSockets();
    private final IdleCollectors collectors = new IdleCollectors(relay, suite);

    /** Who begins bodies and does not end them takes room from its own address: this is another. */
    private final HttpClient stranger =
            HttpClient.newBuilder()
                    .sslContext(Tls.anonymous(suite.pki()).context())
                    .localAddress(InetAddress.ofLiteral("127.0.0.2"))
                    .build();

    /** The driver and the relay have a file each for one. */
    private static int permitted(int wanted) {
        long files =
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getMaxFileDescriptorCount();
        return (int) Math.min(wanted, Math.max(0, files - OTHER_FILES) / 3);
    }

    @AfterEach
    void close() throws IOException {
        collectors.close();
        sockets.close();
        stranger.close();
    }

    @Test
    void holdUpNobodyAndTakeLittleMemory() throws Exception {
        assertServed(Duration.ZERO);
        Heap heap = Heap.of(suite, Service.RELAY);

        for (int i = 0; i < GATEWAYS; i++) {
            try (PrivateGateway idle = PrivateGateway.at(relay, suite, PATIENCE)) {
                collectors.open(idle.node(), OF_A_GATEWAY);
            }
        }
        sockets.open(relay, suite, SOCKETS);
        assertServed(STANDING);

        assertThat(sockets.standing()).isGreaterThanOrEqualTo(SOCKETS * 2L / 3);
        assertThat(collectors.standing()).isEqualTo(COLLECTORS);
        heap.assertGrownLess(OF_EACH * (SOCKETS + COLLECTORS));
        collectors.close();
        sockets.close();
        awaitNoCollectors();
        heap.assertFlat();
    }

    /** Somebody registers, and collects what comes, for so long. */
    private void assertServed(Duration length) throws Exception {
        try (PrivateGateway gateway = PrivateGateway.at(relay, suite, PATIENCE);
                OpenCollection line = OpenCollection.at(relay, gateway, suite)) {
            NodeIdentity sender = gateway.authorized();
            long end = System.nanoTime() + length.toNanos();
            do {
                String id = UUID.randomUUID().toString();
                byte[] parcel = gateway.parcel(sender, id);
                assertComesInGoodTime(line, id, () -> post(parcel));
                String own = UUID.randomUUID().toString();
                byte[] another = gateway.parcel(sender, own);
                assertComesInGoodTime(line, own, () -> gateway.deliver(another));
                Thread.sleep(STEP);
            } while (System.nanoTime() < end);
        }
    }

    /** Hands a parcel over. */
    private interface Way {
        void go() throws Exception;
    }

    private static void assertComesInGoodTime(OpenCollection line, String id, Way way)
            throws Exception {
        long begin = System.nanoTime();
        way.go();
        Delivery delivery = line.next();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(IN_GOOD_TIME);
        assertThat(delivery.parcel()).isEqualTo(id);
        line.acknowledge(delivery);
    }

    private void post(byte[] parcel) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(relay.url().resolve("/"))
                        .header("Content-Type", "application/vnd.awala.parcel")
                        .timeout(PATIENCE)
                        .POST(BodyPublishers.ofByteArray(parcel))
                        .build();
        assertThat(stranger.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(202);
    }

    private void awaitNoCollectors() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (new Figure(relay, CONNECTIONS).now() > 0) {
            assertThat(System.nanoTime()).as("collectors that have gone").isLessThan(end);
            Thread.sleep(STEP);
        }
    }
}
