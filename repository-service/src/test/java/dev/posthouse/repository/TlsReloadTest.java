package dev.posthouse.repository;

import static dev.posthouse.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TlsReloadTest {

    @Inject TlsConfigurationRegistry registry;
    @Inject Event<CertificateUpdatedEvent> updates;

    private TlsConfiguration peer() {
        return registry.get("peer").orElseThrow();
    }

    /** As the service does every {@code reload-period}, which is an hour in these tests. */
    @Test
    void takesItsNewCertificateWithoutARestart() {
        TestPki.Identity renewed = TestPki.shared().service("repository-service");
        assertThat(shown()).isNotEqualTo(renewed.certificate().getSerialNumber());

        renewed.write(ServiceResource.directory(), "server");
        peer().reload();
        updates.fire(new CertificateUpdatedEvent("peer", peer()));

        await(
                "the door shows the new certificate",
                () -> shown().equals(renewed.certificate().getSerialNumber()));
        TestSession session = new TestSession();
        session.stored();
        session.collect().then().statusCode(200);
    }

    private static BigInteger shown() {
        URI door = RepositoryUnderTest.door().url();
        try (SSLSocket socket =
                (SSLSocket)
                        TestPki.shared()
                                .anonymous()
                                .getSocketFactory()
                                .createSocket(door.getHost(), door.getPort())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSerialNumber();
        } catch (IOException betweenTwoCertificates) {
            return BigInteger.ZERO;
        }
    }
}
