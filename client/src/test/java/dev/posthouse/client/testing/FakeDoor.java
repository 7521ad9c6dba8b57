package dev.posthouse.client.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** An HTTPS server on loopback that behaves, unless told to misbehave for its next answers. */
public final class FakeDoor implements AutoCloseable {

    /** What came in. */
    public record Request(
            String method,
            String path,
            String query,
            String contentType,
            String from,
            String caller,
            String body) {}

    /** What goes out; null instead of a reply breaks the connection. */
    public record Reply(int status, Map<String, String> headers, String body) {

        public static Reply json(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), body);
        }

        public static Reply problem(int status, String code, String detail) {
            String body =
                    "{\"status\":%d,\"code\":\"%s\",\"detail\":\"%s\"}"
                            .formatted(status, code, detail);
            return new Reply(status, Map.of("Content-Type", "application/problem+json"), body);
        }

        public Reply retryAfter(String value) {
            Map<String, String> more = new java.util.HashMap<>(headers);
            more.put("Retry-After", value);
            return new Reply(status, more, body);
        }
    }

    /** One misbehaviour; it may let the server do its work, and lie about it afterwards. */
    @FunctionalInterface
    public interface Fault {

        Fault LOST_ANSWER =
                work -> {
                    var _ = work.get();
                    return null;
                };

        Reply instead(Supplier<Reply> work);

        static Fault reply(Reply reply) {
            return work -> reply;
        }
    }

    private final HttpsServer server;
    private final Queue<Fault> faults = new ArrayDeque<>();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private final Function<Request, Reply> work;

    public FakeDoor(SSLContext tls, Function<Request, Reply> work) {
        this(tls, tls.getDefaultSSLParameters(), 0, work);
    }

    public FakeDoor(SSLContext tls, int port, Function<Request, Reply> work) {
        this(tls, tls.getDefaultSSLParameters(), port, work);
    }

    public FakeDoor(SSLContext tls, SSLParameters how, Function<Request, Reply> work) {
        this(tls, how, 0, work);
    }

    private FakeDoor(SSLContext tls, SSLParameters how, int port, Function<Request, Reply> work) {
        this.work = work;
        try {
            server =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(
                new HttpsConfigurator(tls) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        parameters.setSSLParameters(how);
                    }
                });
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public URI url() {
        return URI.create("https://127.0.0.1:" + port());
    }

    /** What the next answers are, in this order. */
    public synchronized void next(Fault... some) {
        faults.addAll(List.of(some));
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request =
                new Request(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getRawPath(),
                        exchange.getRequestURI().getRawQuery(),
                        exchange.getRequestHeaders().getFirst("Content-Type"),
                        exchange.getRemoteAddress().getAddress().getHostAddress(),
                        caller((HttpsExchange) exchange),
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(request);
        Fault fault = nextFault();
        Reply reply =
                fault == null ? work.apply(request) : fault.instead(() -> work.apply(request));
        try (exchange) {
            if (reply != null) {
                reply.headers()
                        .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
                byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** The URI in the caller's certificate; null for a caller without one. */
    private static String caller(HttpsExchange exchange) {
        try {
            X509Certificate shown =
                    (X509Certificate) exchange.getSSLSession().getPeerCertificates()[0];
            return shown.getSubjectAlternativeNames().iterator().next().get(1).toString();
        } catch (SSLPeerUnverifiedException | CertificateParsingException nobody) {
            return null;
        }
    }

    private synchronized Fault nextFault() {
        return faults.poll();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
