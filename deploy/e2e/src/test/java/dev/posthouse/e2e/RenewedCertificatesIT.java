package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.Loopback;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** The services' own certificates are replaced under load, without a restart. */
final class RenewedCertificatesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ROUNDS = Running.LONG ? 20 : 1;
    private static final int CLIENTS = 6;

    /** The default hour would be long for a test. */
    private static final List<String> REREAD =
            List.of(
                    "proxy.quarkus.tls.peer.reload-period=2s",
                    "ca.quarkus.tls.peer.reload-period=2s",
                    "repository.quarkus.tls.peer.reload-period=2s");

    @Test
    void losesNothing() throws Exception {
        Path directory = Loopback.temporaryDirectory("renewed");
        try (Running suite = Running.apart(directory, REREAD)) {
            try (Load load = Load.steady(CLIENTS, suite.device(), suite, PATIENCE)) {
                load.awaitEnded(CLIENTS);
                Heap heap = Heap.of(suite);
                for (int round = 0; round < ROUNDS; round++) {
                    for (Service service : Running.CERTIFICATES) {
                        load.awaitEnded(load.ended() + CLIENTS);
                        BigInteger renewed = suite.renewIdentity(service);
                        awaitShown(suite, service, renewed);
                    }
                }
                load.awaitEnded(load.ended() + CLIENTS);
                load.end();
                load.assertEachHasExactlyOneCertificate();
                heap.assertFlat();
            }
        } finally {
            Loopback.delete(directory);
        }
    }

    private static void awaitShown(Running suite, Service service, BigInteger serial)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!shown(suite, service).equals(serial)) {
            assertThat(System.nanoTime()).as("%s shows its new one", service).isLessThan(end);
            Thread.sleep(100);
        }
    }

    private static BigInteger shown(Running suite, Service service) {
        try (SSLSocket socket =
                (SSLSocket)
                        Tls.of(suite.pki(), "operator")
                                .context()
                                .getSocketFactory()
                                .createSocket("localhost", suite.url(service).getPort())) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSerialNumber();
        } catch (IOException dropped) {
            return BigInteger.ZERO;
        }
    }
}
