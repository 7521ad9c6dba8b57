package dev.posthouse.client.https;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.https.Answer.Final;
import dev.posthouse.client.https.Answer.Good;
import dev.posthouse.client.https.Answer.Later;
import dev.posthouse.client.https.OctetsApi.Conversation;
import dev.posthouse.client.testing.TestSite;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over plain HTTP, which this machine may speak to itself. */
@Timeout(60)
class TalkTest {

    private static final Conversation LISTEN =
            talk -> {
                while (talk.next().isPresent()) {
                    // There may be more.
                }
                return new Good(new byte[] {(byte) (talk.closeCode() - 4000)});
            };

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void closeServer() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void takesMessagesInTheirOrderAndAnswers() {
        Answer answer =
                talk(
                        socket -> {
                            socket.textMessageHandler(text -> {
                                send(socket, text.getBytes(US_ASCII));
                                var _ = socket.close((short) 4000);
                            });
                            send(socket, new byte[300_000]);
                            var _ = socket.writeTextMessage("nobody listens");
                        },
                        talk -> {
                            byte[] first = talk.next().orElseThrow();
                            talk.send("id");
                            byte[] second = talk.next().orElseThrow();
                            assertThat(talk.next()).isEmpty();
                            assertThat(talk.closeCode()).isEqualTo(4000);
                            assertThat(second).isEqualTo("id".getBytes(US_ASCII));
                            return new Good(first);
                        });

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Good.class, good -> assertThat(good.body()).hasSize(300_000));
    }

    @Test
    void aServerWithoutASignOfLifeIsGivenUp() {
        assertLater(talk(socket -> {}, LISTEN), "no sign of life for 7 s");
    }

    @Test
    void aPingIsASignOfLife() {
        Answer answer =
                talk(
                        socket -> {
                            vertx.setPeriodic(
                                    4_000,
                                    tick -> {
                                        var _ = socket.writePing(Buffer.buffer("?"));
                                    });
                            vertx.setTimer(
                                    10_000,
                                    tick -> {
                                        var _ = socket.close((short) 4007);
                                    });
                        },
                        LISTEN);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Good.class, good -> assertThat(good.body()).containsExactly(7));
    }

    @Test
    void aMessageWithoutEndIsNotGathered() {
        assertLater(
                talk(socket -> send(socket, new byte[10 << 20]), LISTEN),
                "it says more than it may");
    }

    @Test
    void aServerThatSpeaksNoWebSocketSaysWhy() {
        HttpServer server =
                listening(
                        vertx.createHttpServer()
                                .requestHandler(request -> {
                                    int status = request.path().equals("/no") ? 404 : 503;
                                    var _ = request.response().setStatusCode(status).end();
                                }));

        assertThat(call(server, "/no", LISTEN)).isInstanceOf(Final.class);
        assertLater(call(server, "/later", LISTEN), "HTTP status 503");
    }

    private static void assertLater(Answer answer, String why) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Later.class, later -> assertThat(later.reason()).contains(why));
    }

    private Answer talk(Handler<ServerWebSocket> server, Conversation conversation) {
        return call(
                listening(vertx.createHttpServer().webSocketHandler(server)), "/", conversation);
    }

    private static Answer call(HttpServer server, String path, Conversation conversation) {
        URI url = URI.create("http://127.0.0.1:" + server.actualPort());
        Trust trust = new Trust(Path.of("anchor"), List.of(TestSite.SERVICES.certificate()));
        try (OctetsApi api = new OctetsApi(url, trust, TestSite.CLOCK)) {
            return api.talk(path, Map.of(), conversation);
        }
    }

    private static HttpServer listening(HttpServer server) {
        return server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    private static void send(ServerWebSocket socket, byte[] octets) {
        var _ = socket.writeBinaryMessage(Buffer.buffer(octets));
    }
}
