package dev.posthouse.bench.ymp;

import dev.posthouse.bench.driver.Driver;
import dev.posthouse.bench.driver.Identity;
import dev.posthouse.bench.driver.Wire;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Another host, as far as the one that is measured sees it: tells where it is to be called, grants
 * at once whatever is asked for, takes every packet and notes when. It may go away: then it hangs
 * up on whoever calls, and counts.
 */
public final class OtherHost implements AutoCloseable {

    private static final long HOUR = 3600;
    private static final int NO_CONTENT = 204;

    private final ConcurrentMap<String, CompletableFuture<Long>> arrivals =
            new ConcurrentHashMap<>();
    private final AtomicLong probes = new AtomicLong();
    private final HttpServer server;
    private final Wire measured;
    private volatile boolean away;

    /**
     * @param identity with a name that the measured host calls it by
     * @param port to listen on
     * @param host the one that is measured
     */
    public OtherHost(Driver driver, Identity identity, int port, URI host) {
        this.measured = driver.wire(host, Identity.anonymous(identity.pki()), 1);
        this.server = driver.serve(identity, port, this::answer);
    }

    /** As it is called. */
    public String name() {
        return "localhost:" + server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        if (away) {
            probes.incrementAndGet();
            request.connection().close();
            return;
        }
        switch (request.path()) {
            case "/.well-known/ymp" ->
                    request.response()
                            .putHeader("Content-Type", "application/json")
                            .end(information().encode());
            case "/request" ->
                    request.body().onSuccess(body -> grant(request, body.toJsonObject()));
            case "/packet" -> request.body().onSuccess(body -> take(request, body.toJsonObject()));
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static JsonObject information() {
        JsonObject paths =
                new JsonObject()
                        .put("request-path", "/request")
                        .put("grant-path", "/grant")
                        .put("packet-path", "/packet");
        return new JsonObject()
                .put("ymp-version", "0.1.0")
                .put(
                        "connection-protocols",
                        new JsonArray()
                                .add(
                                        new JsonObject()
                                                .put("name", "https-token")
                                                .put("version", "0.0.0")
                                                .put("parameters", paths)))
                .put("service-protocols", new JsonArray());
    }

    private void grant(HttpServerRequest request, JsonObject asked) {
        request.response().setStatusCode(NO_CONTENT).end();
        String state = asked.getString("state");
        measured.post(
                "/grant",
                new JsonObject()
                        .put("host", name())
                        .put("token", "t" + Integer.toHexString(state.hashCode()))
                        .put("expires", System.currentTimeMillis() / 1000 + HOUR)
                        .put("state", state)
                        .toBuffer());
    }

    private void take(HttpServerRequest request, JsonObject body) {
        long now = System.nanoTime();
        body.getJsonObject("packet").getJsonArray("messages").stream()
                .map(JsonObject.class::cast)
                .forEach(message -> arrival(message.getString("id")).complete(now));
        request.response().setStatusCode(NO_CONTENT).end();
    }

    /** When that message comes, by {@link System#nanoTime}. */
    CompletableFuture<Long> arrival(String id) {
        return arrivals.computeIfAbsent(id, unknown -> new CompletableFuture<>());
    }

    /** From now on nobody gets an answer. */
    void goAway() {
        away = true;
    }

    /** How often it was called since. */
    long probes() {
        return probes.get();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
