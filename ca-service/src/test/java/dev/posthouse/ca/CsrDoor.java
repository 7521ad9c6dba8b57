package dev.posthouse.ca;

import dev.posthouse.common.x509.SessionName;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.TestAccessUrls;
import dev.posthouse.testing.TestDoor;
import io.restassured.response.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** The CA's door for proxies, as a proxy knocks at it. */
public final class CsrDoor {

    private CsrDoor() {}

    /** The service under test. */
    public static TestDoor door() {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-ssl-port", Integer.class);
        return new TestDoor(URI.create("https://localhost:" + port));
    }

    /** A good request of a new session. */
    public static Call call() {
        return call(CsrMaker.p256(), "192.168.1.7", "203.0.113.7");
    }

    /** A good request of a new session with that key and these addresses. */
    public static Call call(CsrMaker maker, String clientAddr, String wanAddr) {
        String name = UUID.randomUUID().toString().replace("-", "");
        String accessUrl = TestAccessUrls.shared(CaResource.PUBLIC_URL).url(new SessionName(name));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("csr", maker.csr(name, clientAddr));
        body.put("client_addr", clientAddr);
        body.put("wan_addr", wanAddr);
        body.put("session_name", name);
        body.put("access_url", accessUrl);
        return new Call(body);
    }

    /**
     * A request to {@code /csr}.
     *
     * @param body its fields, for a test to change
     */
    public record Call(Map<String, Object> body) {

        /** The same with one field changed. */
        public Call with(String field, Object value) {
            Map<String, Object> changed = new LinkedHashMap<>(body);
            changed.put(field, value);
            return new Call(changed);
        }

        public String accessUrl() {
            return (String) body.get("access_url");
        }

        public String sessionName() {
            return (String) body.get("session_name");
        }

        /** Sends it as the proxy. */
        public Response post() {
            return door().as("proxy-service")
                    .contentType("application/json")
                    .body(body)
                    .post("/csr");
        }
    }
}
