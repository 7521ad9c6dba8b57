package dev.posthouse.client.https;

import dev.posthouse.client.failure.ClientException.Unavailable;
import dev.posthouse.common.net.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * One server's door: HTTPS with TLS 1.2 or 1.3, no redirect, no web proxy, answers of limited size
 * in limited time.
 */
final class Transport implements AutoCloseable {

    /** How long one call may take, and how many octets its answer may have. */
    record Limits(Duration connect, Duration wholeCall, int answer) {

        static final Limits USUAL =
                new Limits(Duration.ofSeconds(5), Duration.ofSeconds(30), 256 << 10);
    }

    private static final String JSON = "application/json, application/problem+json";

    /** An answer as it came. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
    record Reply(int status, HttpHeaders headers, byte[] body) {}

    private final HttpClient http;
    private final URI door;
    private final Limits limits;

    /** Called from that address, and shows nothing of ours. */
    Transport(URI door, Trust trust, IpAddress from, Limits limits) {
        this(door, trust.sslContext(), OwnAddress.toCallFrom(from, door), limits);
    }

    Transport(URI door, SSLContext trust, Optional<InetAddress> from, Limits limits) {
        SSLParameters tls = new SSLParameters();
        tls.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(limits.connect())
                        .sslContext(trust)
                        .sslParameters(tls);
        from.ifPresent(builder::localAddress);
        this.http = builder.build();
        this.door = door;
        this.limits = limits;
    }

    /** Posts to the door itself. */
    Reply post(byte[] json) throws IOException {
        return post(door, json);
    }

    /** Posts to a path of the door's server. */
    Reply post(String path, byte[] json) throws IOException {
        return post(door.resolve(path), json);
    }

    private Reply post(URI url, byte[] json) throws IOException {
        return post(url, new Octets("application/json", json), JSON);
    }

    /** Posts octets to a path of the door's server. */
    Reply post(String path, Octets octets, String accept) throws IOException {
        return post(door.resolve(path), octets, accept);
    }

    /** Posts octets to any server. */
    Reply post(URI url, Octets octets, String accept) throws IOException {
        HttpRequest.Builder call =
                HttpRequest.newBuilder(url)
                        .header("Content-Type", octets.type())
                        .POST(BodyPublishers.ofByteArray(octets.body()));
        octets.headers().forEach(call::header);
        return send(call, accept);
    }

    /** Posts to a path of the door's server, and has nothing to say. */
    Reply post(String path) throws IOException {
        return send(HttpRequest.newBuilder(door.resolve(path)).POST(BodyPublishers.noBody()), JSON);
    }

    /** Gets a path of the door's server. */
    Reply get(String path) throws IOException {
        return get(path, JSON);
    }

    /** Gets something of that type. */
    Reply get(String path, String accept) throws IOException {
        return send(HttpRequest.newBuilder(door.resolve(path)), accept);
    }

    /** Opens a WebSocket at a path of the door's server. */
    WebSocket open(String path, Map<String, String> headers, WebSocket.Listener listener)
            throws IOException {
        WebSocket.Builder call = http.newWebSocketBuilder().connectTimeout(limits.connect());
        headers.forEach(call::header);
        String url = door.resolve(path).toString().replaceFirst("^http", "ws");
        return finish(call.buildAsync(URI.create(url), listener));
    }

    private Reply send(HttpRequest.Builder call, String accept) throws IOException {
        HttpRequest request = call.header("Accept", accept).build();
        Body body = new Body(limits.answer());
        var answer = finish(http.sendAsync(request, BodyHandlers.ofByteArrayConsumer(body)));
        return new Reply(answer.statusCode(), answer.headers(), body.bytes());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** A request's own timeout ends with the headers; this one covers the body too. */
    private <T> T finish(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(limits.wholeCall().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException(
                    "no whole answer in " + limits.wholeCall().toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted during a call to " + door.getHost(), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
