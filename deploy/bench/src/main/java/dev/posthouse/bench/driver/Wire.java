package dev.posthouse.bench.driver;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;

/**
 * One side's connections to one service. They are kept: what is measured is the door, not the
 * handshake.
 *
 * @param client with the side's identity
 * @param base the service, without a path
 */
public record Wire(HttpClient client, URI base) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** {@code POST} of a JSON body. */
    public Future<Answer> post(String path, Buffer json) {
        return send(options(path), json);
    }

    /** {@code POST} of a JSON body with a bearer token. */
    public Future<Answer> post(String path, Buffer json, String token) {
        return send(options(path).putHeader("Authorization", "Bearer " + token), json);
    }

    private RequestOptions options(String path) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(base.getHost())
                .setPort(base.getPort())
                .setURI(path)
                .setIdleTimeout(PATIENCE.toMillis())
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "application/json");
    }

    private Future<Answer> send(RequestOptions options, Buffer json) {
        return client.request(options)
                .compose((HttpClientRequest request) -> request.send(json))
                .compose(Wire::answer);
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        return response.body()
                .map(body ->
                        new Answer(
                                response.statusCode(),
                                response.headers().contains("Retry-After"),
                                body));
    }
}
