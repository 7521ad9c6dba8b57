package dev.posthouse.ymp;

import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestPki;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Another host, on this machine: a real TLS server (HTTP/1.1 and 2) called {@code localhost:port}.
 * It has host information, answers 204 to everything else, and keeps what it was asked, until a
 * test teaches it something else. Its server runs on event loops: a handler must not block.
 */
public final class FakePeer implements AutoCloseable {

    private static final Vertx VERTX = Vertx.vertx();
    private static final int PATIENCE = 15;

    /** What the host was asked. */
    public record Asked(String method, String path, Map<String, String> headers, String body) {}

    private final int port;
    private final HttpServer server;
    private final Map<String, BiConsumer<HttpServerRequest, Buffer>> answers =
            new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<Asked>> asked = new ConcurrentHashMap<>();

    /** The host of that name in {@link YmpUnderTest#PEERS}, up. */
    public FakePeer(String name) {
        this(name, ClientAuth.NONE);
    }

    /** The same, with what it wants of a caller's certificate. */
    public FakePeer(String name, ClientAuth wanted) {
        this.port = ServiceResource.port(name);
        Path directory = ServiceResource.directory();
        TestPki.shared().leaf(name).dns("localhost").build().write(directory, "peer-" + name);
        HttpServerOptions options =
                new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setClientAuth(wanted)
                        .setTrustOptions(new PemTrustOptions().addCertPath(directory + "/ca.crt"))
                        .setKeyCertOptions(
                                new PemKeyCertOptions()
                                        .addCertPath(directory + "/peer-" + name + ".crt")
                                        .addKeyPath(directory + "/peer-" + name + ".key"));
        this.server = VERTX.createHttpServer(options).requestHandler(this::take);
        server.listen(port, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        answer("/.well-known/ymp", 200, information("/grant"));
    }

    /** Its host name. */
    public String host() {
        return "localhost:" + port;
    }

    /** What a host says of itself that takes grants there. */
    public static String information(String grantPath) {
        return """
        {"ymp-version": "0.1.0", "service-protocols": [],
         "connection-protocols": [{"name": "https-token", "version": "0.0.0",
          "parameters": {"request-path": "/request", "grant-path": "%s", "packet-path": "/packet"}}]}
        """
                .formatted(grantPath);
    }

    private void take(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> {
                    Map<String, String> headers = new ConcurrentHashMap<>();
                    request.headers()
                            .forEach(header ->
                                    headers.put(
                                            header.getKey().toLowerCase(java.util.Locale.ROOT),
                                            header.getValue()));
                    asked(request.path())
                            .add(
                                    new Asked(
                                            request.method().name(),
                                            request.path(),
                                            headers,
                                            body.toString()));
                    answers.getOrDefault(
                                    request.path(),
                                    (r, ignored) -> r.response().setStatusCode(204).end())
                            .accept(request, body);
                });
    }

    private BlockingQueue<Asked> asked(String path) {
        return asked.computeIfAbsent(path, unseen -> new LinkedBlockingQueue<>());
    }

    /** From now on answers that. */
    public void answer(String path, int status, String body) {
        answer(path, (request, ignored) -> request.response().setStatusCode(status).end(body));
    }

    /** From now on does that with a request and its body. */
    public void answer(String path, BiConsumer<HttpServerRequest, Buffer> how) {
        answers.put(path, how);
    }

    /** The next call of that path, waited for; each is returned once. */
    public Asked next(String path) {
        try {
            Asked next = asked(path).poll(PATIENCE, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nobody called " + path);
            }
            return next;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** The calls of that path that {@link #next} has not returned. */
    public List<Asked> others(String path) {
        return List.copyOf(asked(path));
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
