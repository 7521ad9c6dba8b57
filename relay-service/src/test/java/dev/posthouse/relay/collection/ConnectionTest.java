package dev.posthouse.relay.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.collection.Conversation.Manner;
import dev.posthouse.testing.FakeClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final String HERE = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void leavesTheTimersOfOthersAlone() throws Exception {
        long first = vertx.setPeriodic(Duration.ofHours(1).toMillis(), due -> {});
        HttpServer server =
                await(
                        vertx.createHttpServer()
                                .requestHandler(
                                        request -> request.toWebSocket().onSuccess(this::begin))
                                .listen(0, HERE));
        CompletableFuture<Buffer> challenge = new CompletableFuture<>();

        vertx.createWebSocketClient()
                .connect(server.actualPort(), HERE, "/")
                .onSuccess(socket -> socket.binaryMessageHandler(challenge::complete));

        assertThat(challenge).succeedsWithin(Duration.ofSeconds(5));
        assertThat(first).isZero();
        assertThat(vertx.cancelTimer(first)).isTrue();
    }

    private void begin(ServerWebSocket socket) {
        Challenge challenge = Challenge.random();
        FakeClock clock = new FakeClock(Instant.parse("2026-11-22T05:06:10Z"));
        Backstage backstage =
                new Backstage(
                        vertx,
                        new HandOut(null, null),
                        new Turns(),
                        new Connections(new SimpleMeterRegistry()),
                        clock);
        new Connection(
                        socket,
                        new Connection.Beneath(() -> {}, () -> {}),
                        backstage,
                        challenge,
                        new Conversation(challenge, new Manner(5, false), clock))
                .begin();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
}
