package dev.posthouse.proxy.csr;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static dev.posthouse.testing.TestDatabase.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;

import dev.posthouse.common.accessurl.AccessKeys;
import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.accessurl.AccessUrlVerifier;
import dev.posthouse.common.x509.PemForm;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.proxy.ProxyUnderTest;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.ServiceResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Certificates, sections 2.1, 2.5, 7 and 9: what the client gets. */
@QuarkusTest
final class CsrResourceTest {

    @TestHTTPResource(tls = true)
    URI url;

    private ProxyUnderTest proxy;

    @BeforeEach
    void knock() {
        proxy = new ProxyUnderTest(url);
    }

    @Test
    void acceptsACsrAndPromisesAnOutcome() {
        String session = sessionName();
        String address = address();

        String accessUrl =
                proxy.post(session, address)
                        .then()
                        .statusCode(200)
                        .header("Content-Type", equalTo("application/json"))
                        .header("Cache-Control", equalTo("no-store"))
                        .body("lead_time", greaterThanOrEqualTo(1))
                        .body("access_url", startsWith("https://repository.example/"))
                        .extract()
                        .path("access_url");

        AccessUrl verified = verify(accessUrl, session);
        assertThat(verified.form()).isEqualTo(PemForm.PEM);
        assertThat(Duration.between(verified.issuedAt(), verified.expires()))
                .isEqualTo(Duration.ofDays(1));
        assertThat(accessUrl).doesNotContain(session).hasSizeLessThan(1024);
        assertThat(
                        ask(
                                "select addr || ' ' || wan from session where jti = '"
                                        + verified.jti()
                                        + "'"))
                .isEqualTo(address + " 203.0.113.7");
    }

    @Test
    void answersInTheFormTheClientUsed() {
        String session = sessionName();
        String address = address();
        String armour = CsrMaker.p256().csr(session, address);
        String base64 =
                Base64.getEncoder().encodeToString(armour.getBytes(StandardCharsets.US_ASCII));

        String accessUrl =
                proxy.post(base64, session, address)
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("access_url");

        assertThat(verify(accessUrl, session).form()).isEqualTo(PemForm.B64);
    }

    private static AccessUrl verify(String accessUrl, String session) {
        Clock clock = Clock.systemUTC();
        AccessKeys keys =
                new AccessKeys(ServiceResource.directory().resolve("access-keys.jwks"), clock);
        return new AccessUrlVerifier("https://repository.example", keys, clock)
                .verify(accessUrl, new SessionName(session));
    }
}
