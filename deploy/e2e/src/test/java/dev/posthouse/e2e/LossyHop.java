package dev.posthouse.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;

/**
 * Stands between two services with the identities of both, and passes requests and answers on.
 * Asked to, it loses the next answer of a session (the request has arrived, the caller never
 * hears), answers late, or not at all.
 */
final class LossyHop {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpsServer https;
    private final Set<String> losses = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;
    private URI target;
    private HttpClient client;

    /** Takes a port; nothing is passed on yet. */
    LossyHop() {
        try {
            https =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the caller is told to call. */
    String url() {
        return "https://localhost:" + https.getAddress().getPort();
    }

    /**
     * Begins.
     *
     * @param server shown to the caller
     * @param passOnTo where requests go on to
     * @param caller shown there
     */
    LossyHop begin(Tls server, URI passOnTo, Tls caller) {
        target = passOnTo;
        client =
                HttpClient.newBuilder()
                        .sslContext(caller.context())
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TIMEOUT)
                        .build();
        https.setHttpsConfigurator(
                new HttpsConfigurator(server.context()) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                        ssl.setNeedClientAuth(true);
                        parameters.setSSLParameters(ssl);
                    }
                });
        https.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        https.createContext("/", this::pass);
        https.start();
        return this;
    }

    /** The next answer about this session gets lost. */
    void loseAnswer(String sessionName) {
        losses.add(sessionName);
    }

    /** Whether the answer that was to be lost has been. */
    boolean hasLost(String sessionName) {
        return !losses.contains(sessionName);
    }

    /** From now on, every answer comes so much later. */
    void delay(Duration later) {
        delay = later;
    }

    /** From now on, nothing is passed on and nobody is answered, until {@link #delay}. */
    void fallSilent() {
        delay = null;
    }

    /** How many requests are not answered yet because of that. */
    int waiting() {
        return waiting.get();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!waited()) {
                return;
            }
            HttpResponse<byte[]> answer = forward(exchange, body);
            String text = new String(body, StandardCharsets.UTF_8);
            if (losses.removeIf(text::contains)) {
                return;
            }
            answer.headers()
                    .firstValue("Retry-After")
                    .ifPresent(after -> exchange.getResponseHeaders().set("Retry-After", after));
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            answer.headers().firstValue("Content-Type").orElse("text/plain"));
            byte[] content = answer.body();
            exchange.sendResponseHeaders(
                    answer.statusCode(), content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    /** Whether there is to be an answer after the wait. */
    private boolean waited() throws IOException {
        waiting.incrementAndGet();
        try {
            Duration length = delay;
            if (length != null) {
                Thread.sleep(length);
                return true;
            }
            while (delay == null) {
                Thread.sleep(Duration.ofMillis(100));
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                        .timeout(TIMEOUT)
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(body));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
