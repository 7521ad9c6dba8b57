package dev.posthouse.proxy;

import dev.posthouse.testing.Await;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestDatabase;
import dev.posthouse.testing.TestDoor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.response.Response;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What every component test of the proxy stands on: one start of the service, one fake CA. */
@QuarkusTestResource(
        value = ServiceResource.class,
        initArgs = {
            @ResourceArg(name = "module", value = "proxy-service"),
            @ResourceArg(name = "proxy.repository-url", value = "https://repository.example"),
            @ResourceArg(name = "proxy.ca-url", value = "https://localhost:${test.port.ca}"),
            @ResourceArg(name = "proxy.access-key", value = "${test.directory}/access-key.jwk"),
            @ResourceArg(name = "proxy.name-key", value = "${test.directory}/name.key"),
            @ResourceArg(name = "proxy.wan-address", value = "203.0.113.7"),
            @ResourceArg(name = "proxy.addresses.allow-loopback", value = "true"),
            @ResourceArg(name = "proxy.trusted-proxies", value = "127.0.0.1/32"),
            @ResourceArg(name = "proxy.backoff.cap", value = "200ms"),
            @ResourceArg(name = "proxy.worker.lease", value = "2s"),
            @ResourceArg(name = "proxy.worker.tick", value = "200ms"),
            @ResourceArg(name = "proxy.body-timeout", value = "1s"),
            @ResourceArg(name = "quarkus.tls.peer.reload-period", value = "1s"),
            @ResourceArg(name = "proxy.limits.requests-per-network", value = "0")
        })
public final class ProxyUnderTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static int lastAddress;

    private final TestDoor door;

    public ProxyUnderTest(URI url) {
        this.door = new TestDoor(url);
    }

    /** The door, to be knocked at by hand. */
    public TestDoor door() {
        return door;
    }

    /** 64 hex digits. */
    public static String sessionName() {
        byte[] octets = new byte[32];
        RANDOM.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    /** An address of the clients' network that no other test uses. */
    public static synchronized String address() {
        lastAddress++;
        return "10."
                + lastAddress / 65536
                + "."
                + lastAddress / 256 % 256
                + "."
                + lastAddress % 256;
    }

    /** Posts a CSR as the client at that address would: through the trusted proxy before us. */
    public Response post(String csr, String sessionName, String address) {
        return door.anonymous()
                .header("Forwarded", "for=" + address)
                .contentType("application/json")
                .body(Map.of("csr", csr, "session_name", sessionName))
                .post("/csr");
    }

    /** Posts a good CSR. */
    public Response post(String sessionName, String address) {
        return post(CsrMaker.p256().csr(sessionName, address), sessionName, address);
    }

    /**
     * Whether the door speaks that version of TLS; openssl knows those that the JDK has given up.
     */
    public static boolean handshake(URI url, String protocol) throws Exception {
        String option =
                switch (protocol) {
                    case "TLSv1" -> "-tls1";
                    case "TLSv1.1" -> "-tls1_1";
                    case "TLSv1.2" -> "-tls1_2";
                    default -> "-tls1_3";
                };
        Process openssl =
                new ProcessBuilder(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + url.getPort(),
                                option,
                                "-cipher",
                                "ALL:@SECLEVEL=0")
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        openssl.waitFor();
        return said.contains("Server certificate");
    }

    /** Where a session stands. */
    public static String state(String accessUrl) {
        return TestDatabase.ask("select state from session where access_url = ?", accessUrl);
    }

    /** Waits for what happens by itself. */
    public static void await(BooleanSupplier condition) {
        Await.await("it is so", condition);
    }
}
