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
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
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
        return send(
                HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(json)));
    }

    /** Posts to a path of the door's server, and has nothing to say. */
    Reply post(String path) throws IOException {
        return send(HttpRequest.newBuilder(door.resolve(path)).POST(BodyPublishers.noBody()));
    }

    /** Gets a path of the door's server. */
    Reply get(String path) throws IOException {
        return send(HttpRequest.newBuilder(door.resolve(path)));
    }

    private Reply send(HttpRequest.Builder call) throws IOException {
        HttpRequest request =
                call.header("Accept", "application/json, application/problem+json").build();
        Body body = new Body(limits.answer());
        var answer = finish(http.sendAsync(request, BodyHandlers.ofByteArrayConsumer(body)));
        return new Reply(answer.statusCode(), answer.headers(), body.bytes());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** A request's own timeout ends with the headers; this one covers the body too. */
    private HttpResponse<Void> finish(CompletableFuture<HttpResponse<Void>> answer)
            throws IOException {
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
