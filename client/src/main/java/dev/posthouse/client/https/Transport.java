package dev.posthouse.client.https;

import dev.posthouse.client.failure.ClientException.Unavailable;
import dev.posthouse.common.net.IpAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;

/**
 * One server's door: HTTPS with TLS 1.2 or 1.3, no redirect, no web proxy, answers of limited size
 * in limited time.
 */
final class Transport implements AutoCloseable {

    private static final int MAX_BODY = 256 << 10;

    /** How long one call may take. */
    record Limits(Duration connect, Duration wholeCall) {

        static final Limits USUAL = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    /** An answer as it came. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
    record Reply(int status, HttpHeaders headers, byte[] body) {}

    private final HttpClient http;
    private final URI door;
    private final Duration wholeCall;

    Transport(URI door, Trust trust, IpAddress from, Limits limits) {
        SSLParameters tls = new SSLParameters();
        tls.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(limits.connect())
                        .sslContext(trust.sslContext())
                        .sslParameters(tls);
        OwnAddress.toCallFrom(from, door).ifPresent(builder::localAddress);
        this.http = builder.build();
        this.door = door;
        this.wholeCall = limits.wholeCall();
    }

    Reply post(byte[] json) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(door)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json, application/problem+json")
                        .POST(BodyPublishers.ofByteArray(json))
                        .build();
        Body body = new Body(MAX_BODY);
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
            return answer.get(wholeCall.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer in " + wholeCall.toSeconds() + " s");
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
