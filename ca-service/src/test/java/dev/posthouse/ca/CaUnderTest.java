package dev.posthouse.ca;

import dev.posthouse.testing.TestDoor;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.RestAssured;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service under test, one for all tests of this module. */
@QuarkusTestResource(CaResource.class)
public final class CaUnderTest {

    /** The proxy's credentials, made once. */
    public static final SSLContext PROXY = TestPki.shared().service("proxy-service").context();

    private CaUnderTest() {}

    /** Its door. */
    public static TestDoor door() {
        return new TestDoor(URI.create(setting("test.url.ssl")));
    }

    /** Health and metrics. */
    public static String management(String path) {
        return setting("test.management.url") + path;
    }

    /** A setting of the running service. */
    public static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    /** The sum of a metric's lines, or one line when its labels are given. */
    public static double metric(String name) {
        return scrape().lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                // What follows the sign is an exemplar.
                .map(line -> line.replaceFirst(" # .*", ""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** All metrics. */
    public static String scrape() {
        return RestAssured.get(management("/metrics")).asString();
    }
}
