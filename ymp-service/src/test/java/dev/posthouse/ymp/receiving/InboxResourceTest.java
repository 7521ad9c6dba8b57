package dev.posthouse.ymp.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import dev.posthouse.testing.TestPki;
import dev.posthouse.ymp.YmpUnderTest;
import dev.posthouse.ymp.packet.TestMessage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** YMP, section 9: applications at the door of the inbox. */
@QuarkusTest
class InboxResourceTest {

    private static final SSLContext APPLICATION =
            TestPki.shared()
                    .leaf("application")
                    .uri("spiffe://posthouse.local/ymp-application")
                    .build()
                    .context();

    private final TestSender sender = new TestSender();

    @Inject TakePacket takePacket;

    private static RequestSpecification application() {
        return YmpUnderTest.door().with(APPLICATION);
    }

    private Response read() {
        return application().queryParam("protocol", sender.protocol()).get("/inbox");
    }

    private static Response acknowledge(String body) {
        return application().contentType("application/json").body(body).post("/inbox/acks");
    }

    @BeforeEach
    void receive() {
        String message = sender.message("1").with("payload", "{ \"a\" : 1.50 }").json();
        takePacket.take(sender.name(), TestMessage.packet(message, sender.message("2").json()));
    }

    @Test
    void givesMessagesAsTheyCame() {
        read().then()
                .statusCode(200)
                .contentType("application/json")
                .body("messages", hasSize(2))
                .body("messages[0].seq", equalTo((int) sender.seq("1")))
                .body("messages[0].received", matchesPattern("2\\d{3}-.*Z"))
                .body("messages[1].message.id", equalTo("2"))
                .body(
                        containsString(
                                sender.message("1").with("payload", "{ \"a\" : 1.50 }").json()));
    }

    @Test
    void givesSoMany() {
        application()
                .queryParam("protocol", sender.protocol())
                .queryParam("service", "presentation")
                .queryParam("max", 1)
                .queryParam("wait", 5)
                .get("/inbox")
                .then()
                .statusCode(200)
                .body("messages", hasSize(1));
    }

    @Test
    void givesNothingOfAnotherService() {
        application()
                .queryParam("protocol", sender.protocol())
                .queryParam("service", "other")
                .queryParam("wait", 1)
                .get("/inbox")
                .then()
                .statusCode(200)
                .body("messages", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max=0", "max=1001", "max=x", "wait=31", "wait=-1", "protocol=a_b"})
    void refusesParametersThatCannotBe(String parameter) {
        application()
                .get("/inbox?" + parameter)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void takesEmptyParametersForNone() {
        application().get("/inbox?max=&wait=&protocol=&service=").then().statusCode(200);
    }

    @Test
    void forgetsWhatIsAcknowledged() {
        acknowledge("{\"seq\": [" + sender.seq("1") + ", 999999999999]}").then().statusCode(204);

        assertThat(sender.waiting()).isEqualTo("2");
        read().then().body("messages", hasSize(1));
        acknowledge("{\"seq\": [" + sender.seq("1") + "]}").then().statusCode(204);
        acknowledge("{\"seq\": []}").then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"seq\":[\"1\"]}", "{\"seq\":[1.5]}", "{\"seq\":1}", "x", ""})
    void refusesAcknowledgementsThatAreNone(String body) {
        acknowledge(body).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void isForApplicationsOnly() {
        YmpUnderTest.stranger().get("/inbox").then().statusCode(401);
        YmpUnderTest.door().as("proxy-service").get("/inbox").then().statusCode(403);
    }
}
