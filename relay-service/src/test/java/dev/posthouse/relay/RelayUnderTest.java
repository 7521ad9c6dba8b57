package dev.posthouse.relay;

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
 * The service under test, one for all tests of this module: the vectors' Internet gateway at the
 * vectors' instant. Calls from 127.0.0.1 pass for a trusted proxy's, so that each test can have
 * another address.
 */
@QuarkusTestResource(
        value = ServiceResource.class,
        initArgs = {
            @ResourceArg(name = "module", value = "relay-service"),
            @ResourceArg(name = "relay.internet-address", value = RelayUnderTest.ADDRESS),
            @ResourceArg(name = "relay.internet-address-aliases", value = "alias.example.net"),
            @ResourceArg(
                    name = "relay.identity.key",
                    value = RelayUnderTest.VECTORS + "/keys/internet-gateway.pkcs8.der"),
            @ResourceArg(
                    name = "relay.identity.certificate",
                    value = RelayUnderTest.VECTORS + "/certs/internet-gateway.der"),
            @ResourceArg(
                    name = "relay.gateways.registered",
                    value = RelayUnderTest.PRIVATE_GATEWAY),
            @ResourceArg(name = "relay.secrets-key", value = "${test.directory}/held-token.key"),
            @ResourceArg(name = "relay.trust-anchors", value = "${test.directory}/ca.crt"),
            @ResourceArg(name = "relay.allow-private", value = RelayUnderTest.PEERS),
            @ResourceArg(
                    name = "relay.routes.\"routed.example\"",
                    value = "https://localhost:${test.port.rita}/in"),
            @ResourceArg(name = "relay.delivery.first-retry", value = "100ms"),
            @ResourceArg(name = "relay.delivery.retry-cap", value = "1s"),
            @ResourceArg(name = "relay.delivery.attempt-timeout", value = "3s"),
            @ResourceArg(name = "relay.poweb.plain-port", value = "${test.port.poweb}"),
            @ResourceArg(name = "relay.body-timeout", value = "2s"),
            @ResourceArg(name = "relay.trusted-proxies", value = "127.0.0.1"),
            @ResourceArg(
                    name = "mp.jwt.verify.publickey.location",
                    value = "file:${test.directory}/jwt.pem"),
            @ResourceArg(name = "mp.jwt.verify.publickey.algorithm", value = "ES256"),
            @ResourceArg(name = "mp.jwt.verify.issuer", value = TestTokens.ISSUER),
            @ResourceArg(name = "quarkus.datasource.jdbc.max-size", value = "8")
        })
public final class RelayUnderTest {

    /** The service's own name. */
    public static final String ADDRESS = "gateway.example.net";

    /** Where the vectors are, seen from the module. */
    public static final String VECTORS = "src/test/resources/vectors/pohttp";

    /** The private gateway of the vectors. */
    public static final String PRIVATE_GATEWAY =
            "08c56ec49ef04db47809a29014ed1cca45404de261d37cb015f180103d9792ebd";

    /** Each test class uses names that no other uses; add more where there are too few. */
    static final String PEERS =
            "localhost:${test.port.ada},localhost:${test.port.bea},localhost:${test.port.cleo},"
                    + "localhost:${test.port.dora},localhost:${test.port.emma},"
                    + "localhost:${test.port.fay},localhost:${test.port.gail},"
                    + "localhost:${test.port.hope},localhost:${test.port.iris}";

    private static final SSLContext ANONYMOUS = TestPki.shared().anonymous();

    private RelayUnderTest() {}

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
