package dev.posthouse.repository;

import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestDoor;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The service under test, one for all tests of this module, with its limits on. Calls from
 * 127.0.0.1 pass for a trusted proxy's, so that each test can be another client.
 */
@QuarkusTestResource(
        value = ServiceResource.class,
        initArgs = {
            @ResourceArg(name = "module", value = "repository-service"),
            @ResourceArg(name = "repository.public-url", value = RepositoryUnderTest.PUBLIC_URL),
            @ResourceArg(
                    name = "repository.access-keys",
                    value = "${test.directory}/access-keys.jwks"),
            @ResourceArg(name = "repository.trusted-proxies", value = "127.0.0.1,192.0.2.0/24"),
            @ResourceArg(name = "repository.hold", value = "1s"),
            @ResourceArg(name = "repository.hold-limit", value = "8"),
            @ResourceArg(name = "repository.body-timeout", value = "1s"),
            @ResourceArg(name = "quarkus.datasource.jdbc.max-size", value = "6"),
            @ResourceArg(name = "quarkus.tls.peer.reload-period", value = "1h")
        })
public final class RepositoryUnderTest {

    /** Prefix of the AccessURLs; no name that leads anywhere. */
    public static final String PUBLIC_URL = "https://repository.example";

    /** Collectors held at once. */
    public static final int HOLD_LIMIT = 8;

    private static final SSLContext ANONYMOUS = TestPki.shared().anonymous();
    private static final SSLContext CA = TestPki.shared().service("ca-service").context();

    private RepositoryUnderTest() {}

    /** The door. */
    public static TestDoor door() {
        return new TestDoor(URI.create(setting("test.url.ssl")));
    }

    /** Where health and metrics are: the path below which both stand. */
    public static String management() {
        return setting("test.management.url");
    }

    /** A setting of the running service. */
    public static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    /** A client without a certificate, seen at that address. */
    public static RequestSpecification client(String address) {
        return door().with(ANONYMOUS).header("Forwarded", forwarded(address));
    }

    /** The CA. */
    public static RequestSpecification ca() {
        return door().with(CA);
    }

    private static String forwarded(String address) {
        return address.contains(":") ? "for=\"[" + address + "]\"" : "for=" + address;
    }
}
