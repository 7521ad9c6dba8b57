package dev.posthouse.bench.page;

import dev.posthouse.bench.driver.Driver;
import dev.posthouse.bench.driver.Identity;
import dev.posthouse.testing.Loopback;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Stands where the next service would, behind mutual TLS as that one does: takes everything at
 * once, keeps nothing, and notes when a session came first.
 */
final class Arrivals implements AutoCloseable {

    private static final String FIELD = "\"session_name\":\"";

    private final ConcurrentMap<String, Long> nanosBySession = new ConcurrentHashMap<>();
    private final HttpServer server;

    /**
     * @param identity of the service in whose place it stands
     * @param answer what that service would say
     */
    Arrivals(Driver driver, Identity identity, String answer) {
        this.server = driver.sink(identity, Loopback.freePort(), Buffer.buffer(answer), this::note);
    }

    private void note(Buffer body) {
        String json = body.toString(StandardCharsets.UTF_8);
        int begin = json.indexOf(FIELD) + FIELD.length();
        if (begin >= FIELD.length()) {
            nanosBySession.putIfAbsent(
                    json.substring(begin, json.indexOf('"', begin)), System.nanoTime());
        }
    }

    URI url() {
        return URI.create("https://localhost:" + server.actualPort());
    }

    /** Sessions that have come. */
    long count() {
        return nanosBySession.size();
    }

    /** When a session came, by {@link System#nanoTime}. */
    long nanos(String session) {
        return nanosBySession.getOrDefault(session, 0L);
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
