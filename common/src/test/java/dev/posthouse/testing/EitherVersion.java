package dev.posthouse.testing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A caller over TLS in one version of HTTP that says whatever it is told to: any authority, any
 * headers, a body in pieces. It trusts everybody.
 */
public final class EitherVersion implements AutoCloseable {

    private static final int PATIENCE = 15;

    private final Vertx vertx = Vertx.vertx();
    private final HttpVersion version;
    private final HttpClient client;
    private final URI url;
    private final Map<HttpClientRequest, Future<Reply>> answers = new ConcurrentHashMap<>();

    /** Calls the server of that URL. */
    public EitherVersion(HttpVersion version, URI url) {
        this.version = version;
        this.url = url;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setProtocolVersion(version)
                                .setUseAlpn(true)
                                .setSsl(true)
                                .setVerifyHost(false)
                                .setTrustAll(true));
    }

    /** Which it speaks. */
    public HttpVersion version() {
        return version;
    }

    /** Begins a request, to be written by the test. */
    public HttpClientRequest begin(
            String method, String path, String authority, Map<String, String> headers) {
        URI meant = URI.create("https://" + authority);
        RequestOptions options =
                new RequestOptions()
                        .setServer(SocketAddress.inetSocketAddress(url.getPort(), "127.0.0.1"))
                        .setHost(meant.getHost())
                        .setPort(meant.getPort() < 0 ? 443 : meant.getPort())
                        .setMethod(HttpMethod.valueOf(method))
                        .setURI(path);
        headers.forEach(options::putHeader);
        HttpClientRequest begun = join(client.request(options)).exceptionHandler(expected -> {});
        // An answer that nobody listens to when it comes is lost.
        answers.put(begun, begun.response().compose(EitherVersion::read));
        return begun;
    }

    /** Makes a whole call. */
    public Reply call(
            String method,
            String path,
            String authority,
            Map<String, String> headers,
            byte[] body) {
        HttpClientRequest request = begin(method, path, authority, headers);
        if (body.length == 0) {
            request.send();
        } else {
            request.send(Buffer.buffer(body));
        }
        return answer(request);
    }

    /** The same to the server's own name. */
    public Reply call(String method, String path, Map<String, String> headers, byte[] body) {
        return call(method, path, url.getAuthority(), headers, body);
    }

    /** The answer to a request that has been begun; the rest of its body may be missing. */
    public Reply answer(HttpClientRequest request) {
        return join(answers.remove(request));
    }

    private static Future<Reply> read(HttpClientResponse response) {
        return response.body()
                .map(body -> {
                    Map<String, String> headers = new TreeMap<>();
                    response.headers()
                            .forEach(header ->
                                    headers.merge(
                                            header.getKey().toLowerCase(Locale.ROOT),
                                            header.getValue(),
                                            (one, more) -> one + ", " + more));
                    return new Reply(response.statusCode(), headers, body);
                });
    }

    private static <T> T join(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        join(vertx.close());
    }

    /**
     * One answer.
     *
     * @param status HTTP
     * @param headers by lower-case name
     * @param body as it came
     */
    public record Reply(int status, Map<String, String> headers, Buffer body) {

        /** A header, or null. */
        public String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        /** The problem's code, or nothing. */
        public String code() {
            return body.length() > 0 && body.getByte(0) == '{'
                    ? body.toJsonObject().getString("code", "")
                    : "";
        }
    }
}
