package dev.posthouse.ca;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.TestAccessUrls;
import dev.posthouse.testing.TestDatabase;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What a proxy hands over for one session: {@code new TestCall().with("wan_addr", "x").post()}.
 *
 * @param fields of the body, for a test to change
 */
public record TestCall(Map<String, Object> fields) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A good request of a new session. */
    public TestCall() {
        this(CsrMaker.p256(), "192.168.1.7", "203.0.113.7");
    }

    /** A good request of a new session with that key and these addresses. */
    public TestCall(CsrMaker maker, String clientAddr, String wanAddr) {
        this(newName(), maker, clientAddr, wanAddr);
    }

    private TestCall(String name, CsrMaker maker, String clientAddr, String wanAddr) {
        this(fields(name, maker.csr(name, clientAddr), clientAddr, wanAddr));
    }

    /** A request of a session whose name the CSR already has. */
    public static TestCall of(String name, String csr) {
        return new TestCall(fields(name, csr, "192.168.1.7", "203.0.113.7"));
    }

    /** A name that no other test uses. */
    public static String newName() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static Map<String, Object> fields(
            String name, String csr, String clientAddr, String wanAddr) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("csr", csr);
        fields.put("client_addr", clientAddr);
        fields.put("wan_addr", wanAddr);
        fields.put("session_name", name);
        fields.put(
                "access_url",
                TestAccessUrls.shared(CaResource.PUBLIC_URL).url(new SessionName(name)));
        return fields;
    }

    /** The same with one field changed. */
    public TestCall with(String field, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        changed.put(field, value);
        return new TestCall(changed);
    }

    /** The same without a field. */
    public TestCall without(String field) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        changed.remove(field);
        return new TestCall(changed);
    }

    /** Sends it as the proxy. */
    public Response post() {
        return CaUnderTest.door()
                .with(CaUnderTest.PROXY)
                .contentType("application/json")
                .body(fields)
                .post("/csr");
    }

    public String accessUrl() {
        return (String) fields.get("access_url");
    }

    public String sessionName() {
        return (String) fields.get("session_name");
    }

    public String csr() {
        return (String) fields.get("csr");
    }

    /** The AccessURL's {@code jti}. */
    public String jti() {
        String claims = accessUrl().split("\\.", -1)[2];
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(claims)).path("jti").asText();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What events say of it. */
    public String jtiHash() {
        return AccessUrl.jtiHash(jti());
    }

    /** One column of what is recorded of it. */
    public String recorded(String column) {
        return TestDatabase.ask("select " + column + " from issuance where jti = ?", jti());
    }

    /** How many serials of it are in that state. */
    public int serials(String state) {
        return Integer.parseInt(
                TestDatabase.ask(
                        "select count(*) from certificate where jti = ? and state = ?",
                        jti(),
                        state));
    }
}
