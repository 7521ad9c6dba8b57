package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.local.suite.Service;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The services' own certificates are replaced under load, without a restart. */
@Tag("soak")
final class RenewedCertificatesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ROUNDS = Running.LONG ? 20 : 1;
    private static final int CLIENTS = 6;

    private final Running suite = Running.suite();

    @Test
    void losesNothing() throws Exception {
        try (Load load = Load.steady(CLIENTS, suite.device(), suite, PATIENCE)) {
            load.awaitEnded(CLIENTS);
            Heap heap = Heap.of(suite);
            for (int round = 0; round < ROUNDS; round++) {
                for (Service service : Running.CERTIFICATES) {
                    load.awaitEnded(load.ended() + CLIENTS);
                    BigInteger renewed = suite.renewIdentity(service);
                    awaitShown(service, renewed);
                }
            }
            load.awaitEnded(load.ended() + CLIENTS);
            load.end();
            load.assertEachHasExactlyOneCertificate();
            heap.assertFlat();
        }
    }

    private void awaitShown(Service service, BigInteger serial) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!shown(service).equals(serial)) {
            assertThat(System.nanoTime()).as("%s shows its new one", service).isLessThan(end);
            Thread.sleep(100);
        }
    }

    private BigInteger shown(Service service) {
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
