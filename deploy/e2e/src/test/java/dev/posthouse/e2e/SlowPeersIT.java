package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.suite.Service;
import dev.posthouse.local.suite.ServiceProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers that answer late or never, and callers that begin and never end. */
final class SlowPeersIT {

    private static final Duration SLOW = Duration.ofSeconds(Running.LONG ? 120 : 6);
    private static final Duration PATIENCE = SLOW.plusSeconds(60);
    private static final int CLIENTS = 8;
    private static final int HALF_OPEN = 200;
    private static final long GROWTH = 16L << 20;

    private static final String HALF =
            """
            POST /csr HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/json\r
            Content-Length: 1000\r
            \r
            {"csr":\"\
            """;

    private final Running suite = Running.suite();

    @AfterEach
    void hurryUp() {
        suite.proxyToCa().delay(Duration.ZERO);
        suite.caToRepository().delay(Duration.ZERO);
    }

    @Test
    void areWaitedForWithoutHoldingAnybodyElseUp() throws Exception {
        try (Load load = Load.steady(CLIENTS, suite.device(), suite, PATIENCE)) {
            suite.proxyToCa().delay(Duration.ofSeconds(3));
            suite.caToRepository().delay(Duration.ofSeconds(3));
            Thread.sleep(SLOW);
            hurryUp();
            load.end();
            load.assertEachHasExactlyOneCertificate();
        }
    }

    @Test
    void areAskedAgainWhenTheyNeverAnswer() throws Exception {
        try (Load load = Load.steady(CLIENTS, suite.device(), suite, PATIENCE)) {
            suite.proxyToCa().fallSilent();
            suite.caToRepository().fallSilent();
            Thread.sleep(SLOW);
            hurryUp();
            load.end();
            load.assertEachHasExactlyOneCertificate();
        }
    }

    @Test
    void takeNeitherPlaceNorMemoryByHalfRequests() throws Exception {
        Map<Service, Long> before = heaps();
        List<Socket> sockets = new ArrayList<>();
        try (Load load = Load.steady(CLIENTS, suite.device(), suite, PATIENCE)) {
            for (Service service : List.of(Service.PROXY, Service.REPOSITORY)) {
                for (int i = 0; i < HALF_OPEN; i++) {
                    sockets.add(halfARequest(suite.url(service)));
                }
            }
            load.awaitEnded(load.ended() + CLIENTS);
            Thread.sleep(SLOW);
            load.end();
            load.assertEachHasExactlyOneCertificate();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        heaps().forEach((service, used) ->
                assertThat(used - before.get(service))
                        .as("octets that the heap of %s has grown by", service)
                        .isLessThan(GROWTH));
    }

    private Socket halfARequest(URI door) throws IOException {
        Socket socket =
                Tls.anonymous(suite.pki())
                        .context()
                        .getSocketFactory()
                        .createSocket("localhost", door.getPort());
        socket.getOutputStream().write(HALF.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private Map<Service, Long> heaps() throws IOException {
        Map<Service, Long> heaps = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            ServiceProcess process = suite.processes().service(service);
            heaps.put(service, Heap.used(process.part().process().pid()));
        }
        return heaps;
    }
}
