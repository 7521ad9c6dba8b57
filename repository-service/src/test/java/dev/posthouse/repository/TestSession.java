package dev.posthouse.repository;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.x509.Pem;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.testing.TestAccessUrls;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestPki;
import io.restassured.response.Response;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;

/** One session of a test, with an address of its own, so that tests share no limit. */
public final class TestSession {

    /** Another address in the certificates: the network's outside. */
    public static final String WAN = "203.0.113.7";

    private static final TestAccessUrls URLS =
            TestAccessUrls.shared(RepositoryUnderTest.PUBLIC_URL);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private final String address = newAddress();
    private final SessionName name = newName();
    private final JwtClaims claims =
            URLS.claims(name, Instant.ofEpochMilli(System.currentTimeMillis()));
    private final String accessUrl;

    /** A session whose AccessURL is good. */
    public TestSession() {
        this(claims -> {});
    }

    /** A session whose AccessURL's claims a test has its way with. */
    public TestSession(Consumer<JwtClaims> change) {
        change.accept(claims);
        this.accessUrl = URLS.url(claims);
    }

    /** An address that no other session has. */
    public static String newAddress() {
        int number = ADDRESSES.incrementAndGet();
        return "10.1." + number / 250 + "." + (1 + number % 250);
    }

    /** A name that no other session has. */
    public static SessionName newName() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return new SessionName(HexFormat.of().formatHex(random));
    }

    public String address() {
        return address;
    }

    public SessionName name() {
        return name;
    }

    public JwtClaims claims() {
        return claims;
    }

    public String accessUrl() {
        return accessUrl;
    }

    /** Where the AccessURL leads on this machine. */
    public String path() {
        return accessUrl.substring(RepositoryUnderTest.PUBLIC_URL.length());
    }

    public String jti() {
        return String.valueOf(claims.getClaimValue("jti"));
    }

    public String jtiHash() {
        return AccessUrl.jtiHash(jti());
    }

    /** A certificate for this session. */
    public X509Certificate certificate() {
        return TestPki.shared().leaf(name.value()).ip(address).ip(WAN).build().certificate();
    }

    /** The chain of such a certificate, as PEM. */
    public String chain() {
        return Pem.encode(List.of(certificate(), TestPki.shared().certificate()));
    }

    /** The fields of {@code POST /cert}. */
    public Map<String, Object> certFields(String chain) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("cert", chain);
        fields.put("client_addr", address);
        fields.put("session_name", name.value());
        fields.put("access_url", accessUrl);
        return fields;
    }

    /** The CA stores that chain. */
    public Response store(String chain) {
        return post("/cert", certFields(chain));
    }

    /** The CA stores a certificate of this session, without ado. */
    public String stored() {
        String chain = chain();
        store(chain).then().statusCode(200);
        return chain;
    }

    /** The CA refuses this session. */
    public Response refuse(String code) {
        return post(
                "/cert/refusal",
                Map.of("access_url", accessUrl, "session_name", name.value(), "code", code));
    }

    /** The client collects. */
    public Response collect() {
        return collectFrom(address);
    }

    /** Somebody at another address collects. */
    public Response collectFrom(String other) {
        return collectAs(other, name.value());
    }

    /** Somebody at that address collects, with that session name. */
    public Response collectAs(String other, String sessionName) {
        return RepositoryUnderTest.client(other)
                .contentType("application/json")
                .body(Map.of("session_name", sessionName))
                .post(path());
    }

    /** How many rows it has. */
    public String records() {
        return TestDatabase.ask("select count(*) from record where jti = ?", jti());
    }

    /** One column of its record. */
    public String recorded(String column) {
        return TestDatabase.ask("select " + column + " from record where jti = ?", jti());
    }

    /** The CA posts those fields. */
    public static Response post(String path, Map<String, Object> fields) {
        return RepositoryUnderTest.ca().contentType("application/json").body(fields).post(path);
    }
}
