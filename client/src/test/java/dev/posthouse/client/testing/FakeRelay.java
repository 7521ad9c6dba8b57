package dev.posthouse.client.testing;

import dev.posthouse.client.file.Pkcs12;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.NodeKeys;
import dev.posthouse.client.node.Validity;
import dev.posthouse.client.pki.Identity;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.node.NodeId;
import dev.posthouse.common.node.NodeRole;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** An Internet gateway as its private gateways and its peers see it: RS-016, RS-007. */
public final class FakeRelay implements AutoCloseable {

    public static final String ADDRESS = "relay.example";

    /** What came in. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Call(String method, String path, Map<String, String> headers, byte[] body) {}

    /** What is said instead of an answer, or after the work was done. */
    public record Fault(int status, Map<String, String> headers, boolean afterTheWork) {

        public static Fault status(int status) {
            return new Fault(status, Map.of(), false);
        }

        public static Fault lostAnswer() {
            return new Fault(0, Map.of(), true);
        }

        public Fault with(String header, String value) {
            return new Fault(status, Map.of(header, value), afterTheWork);
        }
    }

    /** An answer. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Reply(int status, String type, byte[] body) {

        static Reply refusal(int status, String message) {
            byte[] body = ("{\"message\":\"" + message + "\"}").getBytes(StandardCharsets.UTF_8);
            return new Reply(status, "application/json", body);
        }

        static Reply accepted() {
            return new Reply(202, null, new byte[0]);
        }
    }

    private static final Vertx VERTX = Vertx.vertx();
    private static final KeyPair KEY = NodeKeys.create();

    private final NodeIdentity identity;
    private final FakeRegistry registry;
    private final FakeQueue queue;
    private final HttpServer server;
    private final Queue<Fault> faults = new ArrayDeque<>();
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());

    public FakeRelay(Clock clock) {
        Instant now = clock.instant();
        this.identity =
                NodeIdentity.selfIssued(
                        KEY,
                        NodeRole.INTERNET_GATEWAY,
                        new Validity(
                                now.minus(Duration.ofDays(90)), now.plus(Duration.ofDays(270))));
        this.registry = new FakeRegistry(identity, clock);
        this.queue = new FakeQueue(registry);
        this.server =
                VERTX.createHttpServer(options())
                        .requestHandler(this::handle)
                        .listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    private static HttpServerOptions options() {
        Pkcs12 door =
                Identity.service(
                                "posthouse.local",
                                "relay-service",
                                List.of(),
                                List.of(IpAddress.parse("127.0.0.1")))
                        .create(TestSite.SERVICES, Duration.ofHours(1), TestSite.CLOCK);
        char[] passphrase = {'x'};
        return new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(
                        new PfxOptions()
                                .setValue(Buffer.buffer(door.encode("door", passphrase)))
                                .setPassword("x"))
                .setHost("127.0.0.1")
                .setPort(0)
                .setMaxWebSocketMessageSize(6 << 10);
    }

    public URI url() {
        return URI.create("https://127.0.0.1:" + server.actualPort());
    }

    public NodeIdentity identity() {
        return identity;
    }

    public NodeId id() {
        return identity.id();
    }

    public FakeRegistry registry() {
        return registry;
    }

    public FakeQueue queue() {
        return queue;
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public List<byte[]> bodies(String path) {
        return calls().stream().filter(call -> call.path().equals(path)).map(Call::body).toList();
    }

    /** What goes wrong with the next calls, in this order. */
    public synchronized void next(Fault... some) {
        faults.addAll(List.of(some));
    }

    private synchronized Fault nextFault() {
        return faults.poll();
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/v1/parcel-collection")) {
            calls.add(call(request, new byte[0]));
            Fault fault = nextFault();
            if (fault == null) {
                var _ = request.toWebSocket().onSuccess(socket -> queue.open(request, socket));
            } else {
                send(request.response(), new Reply(fault.status(), null, new byte[0]), fault);
            }
            return;
        }
        var _ = request.body().onSuccess(body -> answer(request, body.getBytes()));
    }

    private void answer(HttpServerRequest request, byte[] body) {
        Call call = call(request, body);
        calls.add(call);
        Fault fault = nextFault();
        Reply reply =
                fault == null || fault.afterTheWork()
                        ? work(call)
                        : Reply.refusal(fault.status(), "as \\u001b told");
        if (fault != null && fault.status() == 0) {
            var _ = request.connection().close();
        } else {
            send(request.response(), reply, fault);
        }
    }

    private static void send(HttpServerResponse response, Reply reply, Fault fault) {
        response.setStatusCode(reply.status());
        if (reply.type() != null) {
            response.putHeader("Content-Type", reply.type());
        }
        if (fault != null) {
            fault.headers().forEach(response::putHeader);
        }
        var _ = response.end(Buffer.buffer(reply.body()));
    }

    private Reply work(Call call) {
        try {
            return switch (call.method() + " " + call.path()) {
                case "POST /v1/pre-registrations" -> registry.preRegister(call);
                case "POST /v1/nodes" -> registry.register(call);
                case "POST /v1/parcels" -> registry.deliver(call);
                case "GET /connection-params.der" -> registry.parameters();
                case "POST /", "POST /elsewhere" -> Reply.accepted();
                default -> Reply.refusal(404, "nothing here");
            };
        } catch (IllegalArgumentException e) {
            return Reply.refusal(400, "malformed");
        }
    }

    private static Call call(HttpServerRequest request, byte[] body) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach(headers::put);
        return new Call(request.method().name(), request.path(), headers, body);
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
