package dev.posthouse.ymp.host;

import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.posthouse.ymp.YmpUnderTest;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we say of ourselves, to anybody (YMP, section 2). */
@QuarkusTest
class HostResourceTest {

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/ymp", "/.ymp"})
    void tells(String path) {
        YmpUnderTest.stranger()
                .get(path)
                .then()
                .statusCode(200)
                .header("Content-Type", "application/json")
                .header("Cache-Control", "max-age=3600")
                .body("ymp-version", equalTo("0.1.0"))
                .body("connection-protocols", hasSize(1))
                .body("connection-protocols[0].name", equalTo("https-token"))
                .body("connection-protocols[0].version", equalTo("0.0.0"))
                .body("connection-protocols[0].parameters.request-path", equalTo("/request"))
                .body("connection-protocols[0].parameters.grant-path", equalTo("/grant"))
                .body("connection-protocols[0].parameters.packet-path", equalTo("/packet"))
                .body("service-protocols", hasSize(0));
    }

    /** There is nothing else to tell. */
    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0", "*/*;q=0", "no type", ""})
    void tellsWhateverIsAccepted(String accept) {
        YmpUnderTest.stranger()
                .header("Accept", accept)
                .get("/.well-known/ymp")
                .then()
                .statusCode(200)
                .header("Content-Type", "application/json")
                .body("ymp-version", equalTo("0.1.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/ymp", "/.ymp"})
    void tellsTheHeadAlone(String path) {
        YmpUnderTest.stranger()
                .head(path)
                .then()
                .statusCode(200)
                .header("Content-Type", "application/json")
                .header("Cache-Control", "max-age=3600")
                .body(emptyString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/ymp", "/.ymp"})
    void answersNothingElse(String path) {
        YmpUnderTest.stranger()
                .post(path)
                .then()
                .statusCode(405)
                .header("Allow", "GET")
                .header("Cache-Control", "no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/.well-known/", "/.well-known", "/.ymp/", "/.well-known/ymp/x", "/ymp"})
    void isNowhereElse(String path) {
        YmpUnderTest.stranger().get(path).then().statusCode(404);
    }
}
