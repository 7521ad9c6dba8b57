package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.CsrMaker;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Peers that answer late or never, and callers that begin and never end. */
final class SlowPeersIT {

    private static final Duration SLOW = Duration.ofSeconds(Running.LONG ? 120 : 4);
    private static final Duration PATIENCE = SLOW.plusSeconds(60);
    private static final Duration LATE = Duration.ofSeconds(3);
    private static final Duration IN_GOOD_TIME = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int CLIENTS = 8;

    /** More than a service has connections to its database, or calls under way at once. */
    private static final int WAITING_CLIENTS = 80;

    private static final int HALF_OPEN = 200;

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

    @Tag("soak")
    @Test
    void areWaitedForWithoutHoldingAnybodyElseUp() throws Exception {
        Device.Try again = collectedBefore();
        suite.proxyToCa().delay(LATE);
        suite.caToRepository().delay(LATE);
        try (Load load = Load.steady(WAITING_CLIENTS, suite.device(), suite, PATIENCE)) {
            assertOthersAreAnsweredInGoodTime(again);
            hurryUp();
            load.end();
            load.assertEachHasExactlyOneCertificate();
        }
    }

    @Test
    void areAskedAgainWhenTheyNeverAnswer() throws Exception {
        Device.Try again = collectedBefore();
        suite.caToRepository().fallSilent();
        try (Load load = Load.steady(WAITING_CLIENTS, suite.device(), suite, PATIENCE)) {
            awaitWaiting(suite.caToRepository());
            suite.proxyToCa().fallSilent();
            assertOthersAreAnsweredInGoodTime(again);
            hurryUp();
            load.end();
            load.assertEachHasExactlyOneCertificate();
        }
    }

    /** Collects a certificate, and does so again whenever it is asked to. */
    private Device.Try collectedBefore() throws IOException {
        Device device = suite.device();
        Device.Session session = Device.session(CsrMaker.p256());
        String accessUrl = device.submit(session).text("access_url");
        Device.Try collection = () -> device.collect(accessUrl, session);
        long end = System.nanoTime() + PATIENCE.toNanos();
        assertThat(Device.persist(collection, end).map(Device.Answer::status)).contains(200);
        return collection;
    }

    private static void awaitWaiting(LossyHop hop) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (hop.waiting() == 0) {
            assertThat(System.nanoTime()).as("nobody waits").isLessThan(end);
            Thread.sleep(STEP);
        }
    }

    /** As long as the peers are slow, and until each of them has been waited for meanwhile. */
    private void assertOthersAreAnsweredInGoodTime(Device.Try collection) throws Exception {
        Device device = suite.device();
        CsrMaker maker = CsrMaker.p256();
        boolean forTheCa = false;
        boolean forTheRepository = false;
        long begin = System.nanoTime();
        long end = begin + SLOW.toNanos();
        // Sessions that begin together pass the hops together: now one is waited for, now the
        // other.
        while (System.nanoTime() < end || !(forTheCa && forTheRepository)) {
            Device.Session session = Device.session(maker);
            assertAnsweredInGoodTime("a CSR", () -> device.submit(session));
            assertAnsweredInGoodTime("a collection", collection);
            forTheCa |= suite.proxyToCa().waiting() > 0;
            forTheRepository |= suite.caToRepository().waiting() > 0;
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("CA waited for: %s, repository: %s", forTheCa, forTheRepository)
                    .isLessThan(PATIENCE);
            Thread.sleep(STEP);
        }
    }

    private static void assertAnsweredInGoodTime(String what, Device.Try call) throws IOException {
        long begin = System.nanoTime();
        Device.Answer answer = call.answer();
        assertThat(answer.status()).as("%s: %s", what, answer).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(what).isLessThan(IN_GOOD_TIME);
    }

    @Tag("soak")
    @Test
    void takeNeitherPlaceNorMemoryByHalfRequests() throws Exception {
        Heap heap = Heap.of(suite);
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
        heap.assertFlat();
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
}
