package dev.posthouse.ymp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.posthouse.testing.TestPki;
import dev.posthouse.testing.TestTokens;
import dev.posthouse.ymp.sending.Posts;
import dev.posthouse.ymp.sending.Receiver;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.http.ClientAuth;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings change at the doors and in calls (YMP, sections 3, 7, 8 and 9). */
@QuarkusTest
@TestProfile(OtherSettings.class)
class OtherSettingsTest {

    /** Another host, with a certificate of any kind. */
    private static RequestSpecification certified(String address) {
        return YmpUnderTest.door().as("some-host").header("Forwarded", "for=" + address);
    }

    private static Response post(RequestSpecification caller, String path, String body) {
        return caller.contentType("application/json").body(body).post(path);
    }

    private static String grant(String host, String state) {
        return """
        {"host": "%s", "token": "a-token-of-the-tests", "expires": %d, "state": "%s"}\
        """
                .formatted(host, Clock.systemUTC().instant().getEpochSecond() + 3600, state);
    }

    @Test
    void itsDoorsAreWhereItSaysAndNowhereElse() {
        Map<String, String> paths =
                certified("192.0.2.1")
                        .get("/.well-known/ymp")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getMap("connection-protocols[0].parameters");

        assertThat(paths)
                .containsEntry("request-path", "/tokens/ask")
                .containsEntry("grant-path", "/tokens/give")
                .containsEntry("packet-path", "/letters");
        post(certified("192.0.2.1"), "/tokens/ask", "{}").then().statusCode(204);
        post(certified("192.0.2.1"), "/tokens/give", "{}")
                .then()
                .statusCode(400)
                .body("code", equalTo("json.field"));
        post(certified("192.0.2.1"), "/letters", "{}")
                .then()
                .statusCode(401)
                .body("code", equalTo("token.missing"));
        for (String path : List.of("/request", "/grant", "/packet")) {
            post(certified("192.0.2.1"), path, "{}").then().statusCode(404);
        }
    }

    /** A host that wants to see who calls, and has its doors elsewhere itself. */
    @Test
    void aHostWithOtherDoorsGetsItsMessagesAndSeesACertificate() {
        try (FakePeer peer = new FakePeer("rita", ClientAuth.REQUIRED)) {
            Receiver.forget(peer.host());
            peer.answer(
                    "/.well-known/ymp",
                    200,
                    FakePeer.information("/g")
                            .replace("\"/request\"", "\"/a/b/ask\"")
                            .replace("\"/packet\"", "\"/send\""));
            Posts.post(peer.host(), "one");

            String state = JsonPath.from(peer.next("/a/b/ask").body()).getString("state");
            post(certified("192.0.2.2"), "/tokens/give", grant(peer.host(), state))
                    .then()
                    .statusCode(204);

            FakePeer.Asked packet = peer.next("/send");
            assertThat(packet.headers())
                    .containsEntry("authorization", "Bearer a-token-of-the-tests");
            assertThat(packet.body()).contains("\"one\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tokens/ask", "/tokens/give", "/letters"})
    void takesNothingFromAHostWithoutACertificate(String path) {
        post(YmpUnderTest.stranger("192.0.2.3").header("Authorization", "Bearer x"), path, "{}")
                .then()
                .statusCode(403)
                .body("code", equalTo("caller.certificate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/ymp", "/.ymp"})
    void tellsNothingToAHostWithoutACertificate(String path) {
        YmpUnderTest.stranger()
                .get(path)
                .then()
                .statusCode(403)
                .body("code", equalTo("caller.certificate"));
    }

    /** With a certificate of another CA, whose anchor is beside ours in the door's trust store. */
    private static RequestSpecification foreign(String path) {
        return with(named(path).forgedBy(TestPki.foreign()));
    }

    private static TestPki.Leaf named(String path) {
        return TestPki.shared().leaf("eve").uri("spiffe://posthouse.local" + path);
    }

    private static RequestSpecification with(TestPki.Leaf certificate) {
        return YmpUnderTest.door().with(certificate.build().context());
    }

    @Test
    void takesWhatAHostOfAnotherAnchorSays() {
        post(foreign("/operator/eve"), "/tokens/ask", "{}").then().statusCode(204);
    }

    @ParameterizedTest
    @CsvSource({
        "/admin/peers, /operator/eve, operator",
        "/inbox, /ymp-application/eve, ymp-application"
    })
    void givesRolesByCertificatesOfOurOwnAnchorsAlone(String door, String path, String role) {
        foreign(path).get(door).then().statusCode(403).body("code", equalTo("caller.role"));
        foreign(path)
                .header("Authorization", "Bearer nonsense")
                .get(door)
                .then()
                .statusCode(401)
                .body("code", equalTo("caller.token"));
        foreign(path)
                .header("Authorization", "Bearer " + TestTokens.of(role))
                .get(door)
                .then()
                .statusCode(200);
        with(named(path)).get(door).then().statusCode(200);
    }

    @Test
    void applicationsNeedNoneBesideTheirToken() {
        YmpUnderTest.stranger()
                .header("Authorization", "Bearer " + TestTokens.of("ymp-application"))
                .get("/inbox")
                .then()
                .statusCode(200);
    }

    @Test
    void takesSoManyGrantsAMinuteFromEachAddress() {
        for (int i = 0; i < 3; i++) {
            post(certified("192.0.2.4"), "/tokens/give", grant("b.example", "s"))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("state.invalid"));
        }

        post(certified("192.0.2.4"), "/tokens/give", grant("b.example", "s"))
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("rate.limited"));
        post(certified("192.0.2.5"), "/tokens/give", grant("b.example", "s"))
                .then()
                .statusCode(400);
    }
}
