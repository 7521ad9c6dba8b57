package dev.posthouse.ca.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.posthouse.common.mtls.PeerIdentity;
import dev.posthouse.testing.Await;
import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A repository that behaves as certificates, section 9 says: the first outcome of an AccessURL
 * wins, a repeat of it is 200, another is 409. A test may have it misbehave first.
 */
public final class FakeRepository {

    private static final FakeRepository SHARED = new FakeRepository();

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, JsonNode> stored = new ConcurrentHashMap<>();
    private final Queue<JsonNode> calls = new ConcurrentLinkedQueue<>();
    private final Queue<String> peers = new ConcurrentLinkedQueue<>();
    private final Queue<String> traces = new ConcurrentLinkedQueue<>();
    private final Queue<Misbehaviour> misbehaviours = new ConcurrentLinkedQueue<>();
    private HttpsServer server;

    /** How a call can go wrong. */
    public sealed interface Misbehaviour {
        /** It is stored, and the answer never arrives. */
        record LosesAnswer() implements Misbehaviour {}

        /**
         * Nothing is stored.
         *
         * @param status of the answer
         * @param code of the problem
         * @param retryAfter seconds, or 0 for none
         */
        record Answers(int status, String code, int retryAfter) implements Misbehaviour {}
    }

    private FakeRepository() {}

    /** The one of this JVM's tests, running and well-behaved. */
    public static FakeRepository running() {
        SHARED.misbehaviours.clear();
        SHARED.start();
        return SHARED;
    }

    /** It will answer the next calls so. */
    public void misbehave(Misbehaviour... next) {
        misbehaviours.addAll(List.of(next));
    }

    /** Starts it, unless it runs. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        try {
            server =
                    HttpsServer.create(
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(),
                                    ServiceResource.port("repository")),
                            100);
            server.setHttpsConfigurator(
                    new RequiresCertificate(
                            TestPki.shared().service("repository-service").context()));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", this::handle);
            server.start();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** It goes away. */
    public synchronized void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** What it holds for an AccessURL: the body of {@code /cert} or {@code /cert/refusal}. */
    public Optional<JsonNode> outcome(String accessUrl) {
        return Optional.ofNullable(stored.get(accessUrl));
    }

    /** The same, once it is there. */
    public JsonNode awaitOutcome(String accessUrl) {
        Await.await("the repository is told", () -> outcome(accessUrl).isPresent());
        return outcome(accessUrl).orElseThrow();
    }

    /** How often it was called for an AccessURL. */
    public long calls(String accessUrl) {
        return calls.stream()
                .filter(call -> call.path("access_url").asText().equals(accessUrl))
                .count();
    }

    /** The serial numbers of the certificates that callers showed. */
    public List<String> peers() {
        return List.copyOf(peers);
    }

    /** The trace contexts of all calls. */
    public List<String> traces() {
        return List.copyOf(traces);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            X509Certificate peer =
                    (X509Certificate)
                            ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
            peers.add(peer.getSerialNumber().toString(16));
            traces.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            JsonNode body = json.readTree(exchange.getRequestBody());
            calls.add(body);
            boolean isCa =
                    PeerIdentity.of(peer, "posthouse.local")
                            .filter(identity -> identity.role().equals("ca"))
                            .isPresent();
            if (!isCa) {
                answer(exchange, 403, "caller.role", 0);
                return;
            }
            switch (misbehaviours.poll()) {
                case null -> store(exchange, body);
                case Misbehaviour.LosesAnswer lost -> keep(body);
                case Misbehaviour.Answers odd ->
                        answer(exchange, odd.status(), odd.code(), odd.retryAfter());
            }
        }
    }

    private void store(HttpExchange exchange, JsonNode body) throws IOException {
        if (keep(body)) {
            answer(exchange, 200, "", 0);
        } else {
            answer(exchange, 409, "cert.conflict", 0);
        }
    }

    private boolean keep(JsonNode body) {
        JsonNode first = stored.putIfAbsent(body.path("access_url").asText(), body);
        return first == null || first.equals(body);
    }

    private static void answer(HttpExchange exchange, int status, String code, int retryAfter)
            throws IOException {
        String body =
                status == 200
                        ? "{}"
                        : "{\"status\":%d,\"code\":\"%s\",\"type\":\"about:blank\"}"
                                .formatted(status, code);
        if (retryAfter > 0) {
            exchange.getResponseHeaders().add("Retry-After", Integer.toString(retryAfter));
        }
        exchange.getResponseHeaders()
                .add(
                        "Content-Type",
                        status == 200 ? "application/json" : "application/problem+json");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Asks every caller for a certificate of the service CA. */
    private static final class RequiresCertificate extends HttpsConfigurator {
        RequiresCertificate(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
            ssl.setNeedClientAuth(true);
            parameters.setSSLParameters(ssl);
        }
    }
}
