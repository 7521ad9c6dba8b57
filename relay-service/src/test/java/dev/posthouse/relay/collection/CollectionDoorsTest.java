package dev.posthouse.relay.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.posthouse.relay.RelayUnderTest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PoHTTP, section 11.1: what stands before the WebSocket, and the plain port. */
@QuarkusTest
class CollectionDoorsTest {

    private static final String PATH = "/v1/parcel-collection";

    @Inject Vertx vertx;
    @Inject MeterRegistry metrics;

    private static RequestSpecification plain() {
        return RestAssured.given().baseUri("http://127.0.0.1:" + CollectionTest.plainPort());
    }

    @Test
    void takesWebSocketsOnly() {
        RelayUnderTest.stranger()
                .accept("application/json")
                .get(PATH)
                .then()
                .statusCode(426)
                .header("Upgrade", "websocket")
                .body("message", notNullValue());
        plain().get(PATH).then().statusCode(426);
    }

    @Test
    void countsWhomItRefuses() {
        Counter refusals = metrics.counter("posthouse.refusals", "code", "websocket");
        double before = refusals.count();

        RelayUnderTest.stranger().get(PATH).then().statusCode(426);

        assertThat(refusals.count()).isEqualTo(before + 1);
    }

    @Test
    void takesWebSocketsOnlyInHttp2Too() throws Exception {
        int status =
                vertx.createHttpClient(
                                new HttpClientOptions()
                                        .setSsl(true)
                                        .setTrustAll(true)
                                        .setVerifyHost(false)
                                        .setUseAlpn(true)
                                        .setProtocolVersion(HttpVersion.HTTP_2))
                        .request(
                                HttpMethod.GET,
                                RelayUnderTest.door().url().getPort(),
                                "localhost",
                                PATH)
                        .compose(request -> request.send())
                        .map(response -> response.statusCode())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();

        assertThat(status).isEqualTo(426);
    }

    @Test
    void answersGetAlone() {
        RelayUnderTest.stranger().post(PATH).then().statusCode(405).header("Allow", notNullValue());
    }

    @Test
    void refusesWebSocketsOfOtherVersionsAndKeys() {
        assertThat(ask(RawWebSocket.handshake().replace("Version: 13", "Version: 12")))
                .startsWith("HTTP/1.1 426 ");
        assertThat(ask(RawWebSocket.handshake().replaceAll("Sec-WebSocket-Key: .*\r\n", "")))
                .startsWith("HTTP/1.1 400 ");
        assertThat(ask(RawWebSocket.handshake().replace("Connection: Upgrade", "Connection: x")))
                .startsWith("HTTP/1.1 400 ");
        assertThat(ask(RawWebSocket.handshake().replace("Host: localhost\r\n", "")))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void neverCompresses() {
        String offered = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";

        assertThat(ask(RawWebSocket.handshake(offered)))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContainIgnoringCase("extensions");
    }

    private static String ask(String request) {
        try (RawWebSocket socket = RawWebSocket.connect(CollectionTest.plainPort())) {
            return socket.ask(request);
        }
    }

    @Test
    void greetsClientsOfAnotherMake() throws Exception {
        CompletableFuture<Boolean> greeted = new CompletableFuture<>();
        WebSocketConnectOptions options =
                new WebSocketConnectOptions()
                        .setSsl(true)
                        .setHost("localhost")
                        .setPort(RelayUnderTest.door().url().getPort())
                        .setURI(PATH)
                        .setAllowOriginHeader(false);
        vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setTrustAll(true)
                                .setVerifyHost(false)
                                .setTryUsePerMessageCompression(true))
                .connect(options)
                .onSuccess(socket ->
                        socket.binaryMessageHandler(
                                challenge -> greeted.complete(challenge.length() == 36)))
                .onFailure(greeted::completeExceptionally);

        assertThat(greeted.get()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/admin/queues",
                "/admin/gateways",
                "/pohttp/parcels",
                "/poweb/nodes",
                "/q/health",
                "/v1/parcels/",
                "/v1/../admin/queues"
            })
    void servesNothingButPoWebOnThePlainPort(String path) {
        plain().urlEncodingEnabled(false).get(path).then().statusCode(404);
        plain().urlEncodingEnabled(false).body("x").post(path).then().statusCode(404);
    }

    @Test
    void servesPoWebOnThePlainPort() {
        plain().get("/connection-params.der").then().statusCode(200);
        plain().accept("application/json")
                .contentType("text/plain")
                .body("short")
                .post("/v1/pre-registrations")
                .then()
                .statusCode(400)
                .contentType(equalTo("application/json"));
        plain().get("/v1/nodes").then().statusCode(405);
    }
}
