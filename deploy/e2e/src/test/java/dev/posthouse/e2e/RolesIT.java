package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.local.suite.Service;
import dev.posthouse.testing.TestPki;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.security.cert.Certificate;
import org.junit.jupiter.api.Test;

/** Who may knock where (certificates, section 1). */
final class RolesIT {

    private final Running suite = Running.suite();

    @Test
    void aProxyMayNotStoreCertificates() throws Exception {
        assertThat(post(Service.REPOSITORY, "/cert", Tls.of(suite.pki(), "proxy-service")))
                .isEqualTo(403);
    }

    @Test
    void anOperatorMayNotAskForCertificates() throws Exception {
        assertThat(post(Service.CA, "/csr", Tls.of(suite.pki(), "operator"))).isEqualTo(403);
    }

    @Test
    void nobodyStoresWithoutACertificate() throws Exception {
        assertThat(post(Service.REPOSITORY, "/cert", Tls.anonymous(suite.pki()))).isEqualTo(401);
    }

    @Test
    void theCaTalksToNobodyWithoutACertificate() {
        assertThatThrownBy(() -> post(Service.CA, "/csr", Tls.anonymous(suite.pki())))
                .isInstanceOf(IOException.class);
    }

    /** The right role, from a CA of the caller's own. */
    @Test
    void aForgedRoleDoesNotPassTheHandshake() {
        assertThatThrownBy(() -> post(Service.CA, "/csr", forged("proxy-service")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> post(Service.REPOSITORY, "/cert", forged("ca-service")))
                .isInstanceOf(IOException.class);
    }

    private Tls forged(String module) throws Exception {
        TestPki.Identity identity = new TestPki().service(module);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "forged", identity.key(), new char[0], new Certificate[] {identity.certificate()});
        return Tls.trusting(suite.pki().trustAnchor(), store);
    }

    private int post(Service service, String path, Tls tls) throws Exception {
        URI url = suite.url(service).resolve(path);
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build();
        try (HttpClient client = HttpClient.newBuilder().sslContext(tls.context()).build()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
