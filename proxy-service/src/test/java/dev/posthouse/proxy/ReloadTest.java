package dev.posthouse.proxy;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.await;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static dev.posthouse.proxy.ProxyUnderTest.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.x509.Pem;
import dev.posthouse.proxy.ca.FakeCa;
import dev.posthouse.testing.RawHttp;
import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** New PEM files are taken up without a restart, at the door and towards the CA. */
@QuarkusTest
final class ReloadTest {

    @TestHTTPResource(tls = true)
    URI url;

    private final Path directory = ServiceResource.directory();

    private String submit() {
        return new ProxyUnderTest(url)
                .post(sessionName(), address())
                .then()
                .statusCode(200)
                .extract()
                .path("access_url");
    }

    /** None while the door is between two certificates, or shows a stranger's. */
    private BigInteger doorCertificate() {
        try (RawHttp http = RawHttp.connect(url)) {
            return ((X509Certificate) http.serverCertificate()).getSerialNumber();
        } catch (UncheckedIOException notYet) {
            return BigInteger.ZERO;
        }
    }

    @Test
    void showsANewCertificateAtTheDoorAndToTheCa() {
        try (FakeCa ca = new FakeCa()) {
            String before = submit();
            await(() -> state(before).equals("FORWARDED"));
            TestPki.Identity next = TestPki.shared().service("proxy-service");
            BigInteger serial = next.certificate().getSerialNumber();
            assertThat(doorCertificate()).isNotEqualTo(serial);
            assertThat(ca.callers()).doesNotContain(serial);

            next.write(directory, "server");

            await(() -> doorCertificate().equals(serial));
            await(() -> {
                submit();
                return ca.callers().contains(serial);
            });
        }
    }

    @Test
    void trustsANewAnchorForTheCa() throws IOException {
        TestPki other = new TestPki();
        Path anchors = directory.resolve("ca.crt");
        String before = Files.readString(anchors);
        try (FakeCa stranger = new FakeCa(other.service("ca-service"))) {
            String accessUrl = submit();
            await(() ->
                    Integer.parseInt(
                                    TestDatabase.ask(
                                            "select attempts from session where access_url = '"
                                                    + accessUrl
                                                    + "'"))
                            > 2);
            assertThat(state(accessUrl)).isEqualTo("ACCEPTED");
            assertThat(stranger.callers()).isEmpty();

            // The stranger asks for certificates of its own CA, and the proxy must trust it.
            Files.writeString(anchors, before + Pem.encode(List.of(other.certificate())));
            other.leaf("proxy-service")
                    .uri("spiffe://posthouse.local/proxy-service")
                    .dns("localhost")
                    .build()
                    .write(directory, "server");

            await(() -> state(accessUrl).equals("FORWARDED"));
        } finally {
            Files.writeString(anchors, before);
            TestPki.Identity own = TestPki.shared().service("proxy-service");
            own.write(directory, "server");
            await(() -> doorCertificate().equals(own.certificate().getSerialNumber()));
        }
    }
}
