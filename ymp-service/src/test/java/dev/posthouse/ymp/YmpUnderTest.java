package dev.posthouse.ymp;

import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestDoor;
import dev.posthouse.testing.TestPki;
import dev.posthouse.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The service under test, one for all tests of this module. Its peers are {@link FakePeer}s, hosts
 * {@code localhost:port} of the names listed here. Calls from 127.0.0.1 pass for a trusted proxy's,
 * so that each test can have another address.
 */
@QuarkusTestResource(
        value = ServiceResource.class,
        initArgs = {
            @ResourceArg(name = "module", value = "ymp-service"),
            @ResourceArg(name = "ymp.host", value = YmpUnderTest.HOST),
            @ResourceArg(name = "ymp.accepted-authorities", value = "localhost:${test.port.ymp}"),
            @ResourceArg(name = "quarkus.http.test-ssl-port", value = "${test.port.ymp}"),
            @ResourceArg(name = "ymp.held-token-key", value = "${test.directory}/held-token.key"),
            @ResourceArg(name = "ymp.trust-anchors", value = "${test.directory}/ca.crt"),
            @ResourceArg(name = "ymp.allow-private", value = YmpUnderTest.PEERS),
            @ResourceArg(name = "ymp.backoff.first", value = "100ms"),
            @ResourceArg(name = "ymp.backoff.cap", value = "1s"),
            @ResourceArg(name = "ymp.grant-wait", value = "2s"),
            @ResourceArg(name = "ymp.body-timeout", value = "2s"),
            @ResourceArg(name = "ymp.trusted-proxies", value = "127.0.0.1"),
            @ResourceArg(
                    name = "mp.jwt.verify.publickey.location",
                    value = "file:${test.directory}/jwt.pem"),
            @ResourceArg(name = "mp.jwt.verify.publickey.algorithm", value = "ES256"),
            @ResourceArg(name = "mp.jwt.verify.issuer", value = TestTokens.ISSUER),
            @ResourceArg(name = "quarkus.datasource.jdbc.max-size", value = "8")
        })
public final class YmpUnderTest {

    /** The service's own name. */
    public static final String HOST = "ymp.example";

    /** Each test class uses names that no other uses; add more where there are too few. */
    static final String PEERS =
            "localhost:${test.port.ada},localhost:${test.port.bea},localhost:${test.port.cleo},"
                    + "localhost:${test.port.dora},localhost:${test.port.emma},"
                    + "localhost:${test.port.fay},localhost:${test.port.gail},"
                    + "localhost:${test.port.hope},localhost:${test.port.iris},"
                    + "localhost:${test.port.jane},localhost:${test.port.kate},"
                    + "localhost:${test.port.lena},localhost:${test.port.mona},"
                    + "localhost:${test.port.nora},localhost:${test.port.olga},"
                    + "localhost:${test.port.paula},localhost:${test.port.rita},"
                    + "localhost:${test.port.susi}";

    private static final SSLContext ANONYMOUS = TestPki.shared().anonymous();

    private YmpUnderTest() {}

    /** The door. */
    public static TestDoor door() {
        return new TestDoor(URI.create(setting("test.url.ssl")));
    }

    /** A caller without a certificate, seen at that address. */
    public static RequestSpecification stranger(String address) {
        return door().with(ANONYMOUS).header("Forwarded", "for=" + address);
    }

    /** A caller without a certificate. */
    public static RequestSpecification stranger() {
        return door().with(ANONYMOUS);
    }

    /** Where health and metrics are: the path below which both stand. */
    public static String management() {
        return setting("test.management.url");
    }

    /** A setting of the running service. */
    public static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
