package dev.posthouse.relay.delivery;

import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestPki;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Another gateway, on this machine: a real TLS server (HTTP/1.1 and 2) called {@code
 * localhost:port}. It answers 202 and keeps what it was sent, until a test teaches it something
 * else. Its server runs on event loops: a handler must not block.
 */
public final class ScriptedPeer implements AutoCloseable {

    private static final Vertx VERTX = Vertx.vertx();

    /** What it was sent. */
    @SuppressWarnings("ArrayRecordComponent") // Looked at, never compared.
    public record Sent(
            int number,
            HttpVersion version,
            String path,
            Map<String, String> headers,
            byte[] octets,
            long at) {

        /** The octets as text. */
        public String text() {
            return new String(octets, StandardCharsets.UTF_8);
        }
    }

    private final HttpServer server;
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private volatile BiConsumer<HttpServerRequest, Sent> how =
            (request, ignored) -> end(request, 202);

    private ScriptedPeer(int port, HttpServerOptions options) {
        this.server =
                VERTX.createHttpServer(options)
                        .connectionHandler(ignored -> connections.incrementAndGet())
                        .requestHandler(this::take);
        server.listen(port, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    /** At a port of its own. */
    public static ScriptedPeer anywhere() {
        return new ScriptedPeer(0, tls("localhost"));
    }

    /** The same, whose certificate is another's. */
    public static ScriptedPeer posing() {
        return new ScriptedPeer(0, tls("other.example"));
    }

    /** The same, without TLS. */
    public static ScriptedPeer plain() {
        return new ScriptedPeer(0, new HttpServerOptions());
    }

    /** The same, which speaks HTTP/1.1 alone. */
    public static ScriptedPeer old() {
        return new ScriptedPeer(0, tls("localhost").setUseAlpn(false));
    }

    /** At the port of that name, which the service under test may call. */
    public static ScriptedPeer named(String name) {
        return new ScriptedPeer(ServiceResource.port(name), tls("localhost"));
    }

    /** The same, which speaks HTTP/1.1 alone. */
    public static ScriptedPeer oldNamed(String name) {
        return new ScriptedPeer(ServiceResource.port(name), tls("localhost").setUseAlpn(false));
    }

    private static HttpServerOptions tls(String name) {
        Path directory = ServiceResource.directory();
        TestPki.shared().leaf(name).dns(name).build().write(directory, "peer-" + name);
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(
                        new PemKeyCertOptions()
                                .addCertPath(directory + "/peer-" + name + ".crt")
                                .addKeyPath(directory + "/peer-" + name + ".key"));
    }

    private void take(HttpServerRequest request) {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        AtomicBoolean over = new AtomicBoolean();
        Handler<Void> end =
                ignored -> {
                    if (over.compareAndSet(false, true)) {
                        underWay.decrementAndGet();
                    }
                };
        request.response().closeHandler(end).endHandler(end);
        request.body().onSuccess(body -> take(request, body));
    }

    private void take(HttpServerRequest request, Buffer body) {
        Map<String, String> headers = new ConcurrentHashMap<>();
        request.headers()
                .forEach(header ->
                        headers.put(
                                header.getKey().toLowerCase(java.util.Locale.ROOT),
                                header.getValue()));
        Sent one =
                new Sent(
                        numbers.incrementAndGet(),
                        request.version(),
                        request.uri(),
                        headers,
                        body.getBytes(),
                        System.nanoTime());
        sent.add(one);
        how.accept(request, one);
    }

    /** As an Internet address of the first years. */
    public String address() {
        return "https://localhost:" + port();
    }

    public int port() {
        return server.actualPort();
    }

    /** From now on does that. */
    public void does(BiConsumer<HttpServerRequest, Sent> taught) {
        this.how = taught;
    }

    /** From now on answers that. */
    public void answers(int status) {
        does((request, ignored) -> end(request, status));
    }

    /** From now on answers that, with a header. */
    public void answers(int status, String header, String value) {
        does((request, ignored) -> {
            request.response().putHeader(header, value);
            end(request, status);
        });
    }

    /** From now on answers that after a while. */
    public void answers(int status, Duration pause) {
        does((request, ignored) -> VERTX.setTimer(pause.toMillis(), later -> end(request, status)));
    }

    private static void end(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end();
    }

    public List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** The octets of everything it was sent, in order. */
    public List<String> texts() {
        return sent.stream().map(Sent::text).toList();
    }

    public int connections() {
        return connections.get();
    }

    /** How many requests it had not answered, at most. */
    public int mostUnderWay() {
        return mostUnderWay.get();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
