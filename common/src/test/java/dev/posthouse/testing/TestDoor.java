package dev.posthouse.testing;

import static io.restassured.RestAssured.given;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RedirectConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.config.SSLConfig;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.apache.http.conn.ssl.SSLSocketFactory;

/**
 * Calls a service's door as an outsider would, over TLS that trusts the test's service CA.
 *
 * @param url of the service, without a path
 */
public record TestDoor(URI url) {

    /** A caller without a certificate. */
    public RequestSpecification anonymous() {
        return with(TestPki.shared().anonymous());
    }

    /** A caller with the certificate of a module, such as {@code proxy-service}. */
    public RequestSpecification as(String module) {
        return with(TestPki.shared().service(module).context());
    }

    /** A caller with these credentials. */
    @SuppressWarnings("deprecation") // REST Assured speaks through this class of its HTTP client.
    public RequestSpecification with(SSLContext context) {
        return given().config(
                        RestAssuredConfig.config()
                                .sslConfig(
                                        SSLConfig.sslConfig()
                                                .sslSocketFactory(new SSLSocketFactory(context)))
                                .redirect(RedirectConfig.redirectConfig().followRedirects(false))
                                .encoderConfig(
                                        EncoderConfig.encoderConfig()
                                                .appendDefaultContentCharsetToContentTypeIfUndefined(
                                                        false)))
                .baseUri(url.toString());
    }
}
