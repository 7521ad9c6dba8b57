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

    private static final String JSON = "application/json";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** {@code POST} of a JSON body. */
    public Future<Answer> post(String path, Buffer json) {
        return send(options(path, JSON), json);
    }

    /** {@code POST} of a JSON body with a bearer token. */
    public Future<Answer> post(String path, Buffer json, String token) {
        return send(options(path, JSON).putHeader("Authorization", "Bearer " + token), json);
    }

    /** {@code POST} of octets of some type. */
    public Future<Answer> postOctets(String path, Buffer octets, String type) {
        return send(options(path, type), octets);
    }

    private RequestOptions options(String path, String type) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(base.getHost())
                .setPort(base.getPort())
                .setURI(path)
                .setIdleTimeout(PATIENCE.toMillis())
                .putHeader("Content-Type", type)
                .putHeader("Accept", JSON);
    }

    private Future<Answer> send(RequestOptions options, Buffer body) {
        return client.request(options)
                .compose((HttpClientRequest request) -> request.send(body))
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
