package dev.posthouse.e2e;

import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.local.suite.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * WebSockets of private gateways that have said who they are and half of an acknowledgement, answer
 * pings, and do nothing more (PoHTTP, section 11.1).
 */
final class IdleCollectors implements AutoCloseable {

    private final HttpClient client;
    private final URI door;
    private final List<WebSocket> sockets = new ArrayList<>();

    IdleCollectors(ServiceProcess relay, Running suite) {
        this.client =
                HttpClient.newBuilder().sslContext(Tls.anonymous(suite.pki()).context()).build();
        this.door =
                URI.create("wss://localhost:" + relay.url().getPort() + "/v1/parcel-collection");
    }

    /** One of that gateway's. */
    private record Collector(NodeIdentity node, CompletableFuture<Void> introduced)
            implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer challenge, boolean last) {
            byte[] octets = new byte[challenge.remaining()];
            challenge.get(octets);
            return socket.sendBinary(ByteBuffer.wrap(OpenCollection.answer(octets, node)), true)
                    .thenCompose(answered -> socket.sendText("half of an", false))
                    .thenRun(() -> {
                        introduced.complete(null);
                        socket.request(1);
                    });
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String why) {
            introduced.completeExceptionally(new IOException(code + " " + why));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            introduced.completeExceptionally(failure);
        }
    }

    /** Opens some more. */
    void open(NodeIdentity gateway, int count) {
        for (int i = 0; i < count; i++) {
            Collector collector = new Collector(gateway, new CompletableFuture<>());
            sockets.add(client.newWebSocketBuilder().buildAsync(door, collector).join());
            collector.introduced().join();
        }
    }

    /** How many the relay has not closed. */
    long standing() {
        return sockets.stream().filter(socket -> !socket.isInputClosed()).count();
    }

    @Override
    public void close() {
        sockets.forEach(WebSocket::abort);
        client.shutdownNow();
    }
}
