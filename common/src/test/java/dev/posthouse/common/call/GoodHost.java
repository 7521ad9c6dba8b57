package dev.posthouse.common.call;

import dev.posthouse.common.x509.Pem;
import dev.posthouse.testing.TestPki;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A stranger's host that speaks HTTP as it should. */
final class GoodHost implements AutoCloseable {

    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
    private final HttpServerOptions options = new HttpServerOptions().setSsl(true).setSni(true);
    private final Vertx vertx;
    private HttpServer server;

    GoodHost(Vertx vertx, TestPki.Identity identity) {
        this.vertx = vertx;
        String ca = Pem.encode(List.of(identity.pki().certificate()));
        options.setKeyCertOptions(
                        new PemKeyCertOptions()
                                .addCertValue(
                                        Buffer.buffer(Pem.encode(List.of(identity.certificate()))))
                                .addKeyValue(
                                        Buffer.buffer(
                                                Pem.encode(
                                                        "PRIVATE KEY",
                                                        identity.key().getEncoded()))))
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca)))
                .setUseAlpn(true);
    }

    /** Speaks this version alone. */
    GoodHost speaking(HttpVersion version) {
        options.setUseAlpn(version == HttpVersion.HTTP_2).setAlpnVersions(List.of(version));
        return this;
    }

    GoodHost speaking(String tls) {
        options.setEnabledSecureTransportProtocols(Set.of(tls));
        return this;
    }

    /** Wants a certificate of its own CA. */
    GoodHost wantingIdentity() {
        options.setClientAuth(ClientAuth.REQUIRED);
        return this;
    }

    GoodHost listen(String address, int port, Handler<HttpServerRequest> answers) {
        server =
                vertx.createHttpServer(options)
                        .connectionHandler(connection -> {
                            connections.incrementAndGet();
                            open.incrementAndGet();
                            connection.closeHandler(ignored -> open.decrementAndGet());
                        })
                        .requestHandler(request -> {
                            requests.add(request);
                            answers.handle(request);
                        })
                        .listen(port, address)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        return this;
    }

    GoodHost listen(Handler<HttpServerRequest> answers) {
        return listen("127.0.0.1", 0, answers);
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
