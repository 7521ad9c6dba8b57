package dev.posthouse.client.testing;

import dev.posthouse.client.node.TaggedFields;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.asn1.DEROctetString;

/** What waits at a {@link FakeRelay} for one private gateway: RS-016, collection. */
public final class FakeQueue {

    private static final int IN_FLIGHT = 5;

    private final FakeRegistry registry;
    private final Map<String, byte[]> waiting = new LinkedHashMap<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final List<Connection> open = new ArrayList<>();
    private final Queue<Ending> endings = new ArrayDeque<>();

    /** How a connection ends early: after so many deliveries, with that code, or 0 for a cut. */
    public record Ending(int afterDeliveries, int code) {}

    FakeQueue(FakeRegistry registry) {
        this.registry = registry;
    }

    public synchronized String add(byte[] parcel) {
        String id = UUID.randomUUID().toString();
        waiting.put(id, parcel);
        open.forEach(Connection::deliverSoon);
        return id;
    }

    public synchronized int waiting() {
        return waiting.size();
    }

    public synchronized List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** How the next connections end. */
    public synchronized void endings(Ending... some) {
        endings.addAll(List.of(some));
    }

    synchronized void open(HttpServerRequest request, ServerWebSocket socket) {
        if (request.getHeader("Origin") != null) {
            var _ = socket.close((short) 1008);
            return;
        }
        boolean keepAlive =
                !"close-upon-completion".equals(request.getHeader("X-Relaynet-Streaming-Mode"));
        new Connection(request, socket, keepAlive, endings.poll()).begin();
    }

    /** One connection. */
    private final class Connection {

        private final byte[] nonce = {1, 2, 3, 4, 5, 6, 7, 8};
        private final Set<String> sent = new HashSet<>();
        private final HttpServerRequest request;
        private final ServerWebSocket socket;
        private final boolean keepAlive;
        private final Ending ending;
        private final Context context = Vertx.currentContext();
        private boolean known;

        Connection(
                HttpServerRequest request,
                ServerWebSocket socket,
                boolean keepAlive,
                Ending ending) {
            this.request = request;
            this.socket = socket;
            this.keepAlive = keepAlive;
            this.ending = ending;
        }

        void begin() {
            socket.binaryMessageHandler(this::introduced);
            socket.textMessageHandler(this::acknowledged);
            var _ = socket.writePing(Buffer.buffer("?"));
            send(TaggedFields.encode(new DEROctetString(nonce)));
        }

        private void introduced(Buffer response) {
            known = registry.knows(response.getBytes(), nonce);
            if (!known) {
                var _ = socket.close((short) 1003);
                return;
            }
            synchronized (FakeQueue.this) {
                open.add(this);
            }
            deliver();
        }

        void deliverSoon() {
            context.runOnContext(then -> deliver());
        }

        private void acknowledged(String id) {
            synchronized (FakeQueue.this) {
                if (!known || waiting.remove(id) == null) {
                    var _ = socket.close((short) 1003);
                    return;
                }
                acknowledged.add(id);
            }
            deliver();
        }

        private void deliver() {
            synchronized (FakeQueue.this) {
                if (socket.isClosed()) {
                    return;
                }
                long inFlight = sent.stream().filter(waiting::containsKey).count();
                for (Map.Entry<String, byte[]> one : waiting.entrySet()) {
                    if (isToEnd()) {
                        end();
                        return;
                    }
                    if (inFlight < IN_FLIGHT && sent.add(one.getKey())) {
                        inFlight++;
                        send(
                                TaggedFields.encode(
                                        TaggedFields.text(one.getKey()),
                                        new DEROctetString(one.getValue())));
                    }
                }
                if (isToEnd()) {
                    end();
                } else if (waiting.isEmpty() && !keepAlive) {
                    var _ = socket.close((short) 1000);
                }
            }
        }

        private boolean isToEnd() {
            return ending != null && sent.size() >= ending.afterDeliveries();
        }

        private void end() {
            if (ending.code() == 0) {
                var _ = request.connection().close();
            } else {
                var _ = socket.close((short) ending.code());
            }
        }

        private void send(byte[] message) {
            var _ = socket.writeBinaryMessage(Buffer.buffer(message));
        }
    }
}
