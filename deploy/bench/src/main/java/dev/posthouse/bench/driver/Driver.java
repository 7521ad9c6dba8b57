package dev.posthouse.bench.driver;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.net.URI;

/**
 * Puts load on doors from one event loop, so that it costs the machine, which it shares with what
 * it measures, as little as can be.
 */
public final class Driver implements AutoCloseable {

    private static final String HERE = "127.0.0.1";

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));
    private final Context loop = vertx.getOrCreateContext();

    /** Connections of one side to a service, at most so many. */
    public Wire wire(URI service, Identity identity, int connections) {
        return wire(service, identity, connections, HERE);
    }

    /**
     * The same from one of this machine's addresses, for a service that tells callers apart by
     * them.
     */
    public Wire wire(URI service, Identity identity, int connections, String from) {
        HttpClientOptions options = new HttpClientOptions().setLocalAddress(from);
        if (service.getScheme().equals("https")) {
            options.setSsl(true).setTrustOptions(identity.trust());
            identity.shown().ifPresent(options::setKeyCertOptions);
        }
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(connections);
        return new Wire(vertx.createHttpClient(options, pool), service);
    }

    /**
     * Answers every {@code POST} with the same, in the place of a service that callers show their
     * certificates to.
     *
     * @param body given each request's body
     */
    public HttpServer sink(Identity identity, int port, Buffer answer, Handler<Buffer> body) {
        HttpServerOptions options =
                shown(identity)
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setTrustOptions(identity.trust());
        return listen(options, port, request -> swallow(request, answer, body));
    }

    /** Answers strangers, who show nothing. */
    public HttpServer serve(Identity identity, int port, Handler<HttpServerRequest> answers) {
        return listen(shown(identity), port, answers);
    }

    private static HttpServerOptions shown(Identity identity) {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(identity.shown().orElseThrow());
    }

    private HttpServer listen(
            HttpServerOptions options, int port, Handler<HttpServerRequest> answers) {
        return vertx.createHttpServer(options)
                .requestHandler(answers)
                .listen(port, HERE)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static void swallow(HttpServerRequest request, Buffer answer, Handler<Buffer> body) {
        request.body()
                .onSuccess(octets -> {
                    body.handle(octets);
                    request.response().putHeader("Content-Type", "application/json").end(answer);
                });
    }

    /** Puts load on and returns when all that was begun has ended. */
    public Measured run(Load load, Phase phase, Work work) {
        Run run = new Run(vertx, load, phase, work);
        loop.runOnContext(ignored -> run.begin());
        return run.result().join();
    }

    /** For work that waits. */
    public Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
