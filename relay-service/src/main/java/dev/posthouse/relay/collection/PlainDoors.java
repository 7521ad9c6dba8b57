package dev.posthouse.relay.collection;

import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.relay.RelayConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * PoWeb in plain HTTP on 127.0.0.1, for clients on this machine that speak nothing else (PoHTTP,
 * section 17). The doors and resources are the same; of all others there is nothing here.
 */
@Singleton
final class PlainDoors {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern POWEB =
            Pattern.compile(
                    "/v1/(?:pre-registrations?|nodes|parcels|parcel-collection)"
                            + "|(?:/v1)?/connection-params\\.der");
    private static final int NOT_FOUND = 404;
    private static final int MOST_OF_HEADERS = 16 * 1024;
    private static final Duration MOST_IDLE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Optional<Integer> port;
    private volatile Optional<HttpServer> server = Optional.empty();

    PlainDoors(Vertx vertx, RelayConfig settings) {
        this.vertx = vertx;
        this.port = settings.poweb().plainPort();
    }

    void open(@Observes StartupEvent starting, Router router) {
        server = port.filter(set -> set > 0).map(set -> listen(set, router));
    }

    private HttpServer listen(int at, Router router) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setHttp2ClearTextEnabled(false)
                        .setMaxHeaderSize(MOST_OF_HEADERS)
                        .setIdleTimeout((int) MOST_IDLE.toSeconds());
        HttpServer opened =
                vertx.createHttpServer(PlainFrames.apply(options))
                        .requestHandler(request -> enter(request, router));
        try {
            return await(opened.listen(at, LOOPBACK));
        } catch (ExecutionException | TimeoutException taken) {
            throw new BadSetting("relay.poweb.plain-port", "cannot be listened on", taken);
        }
    }

    private static void enter(HttpServerRequest request, Router router) {
        String path = request.path();
        if (path != null && POWEB.matcher(path).matches()) {
            // Whoever wants the body reads it; until then nothing of it is lost.
            request.pause();
            router.handle(request);
        } else {
            request.response()
                    .setStatusCode(NOT_FOUND)
                    .putHeader(HttpHeaders.CONNECTION, "close")
                    .end();
        }
    }

    void close(@Observes ShutdownEvent stopping) throws ExecutionException, TimeoutException {
        if (server.isPresent()) {
            await(server.get().close());
        }
    }

    private static <T> T await(Future<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
