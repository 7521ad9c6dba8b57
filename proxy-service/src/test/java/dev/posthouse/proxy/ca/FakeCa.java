package dev.posthouse.proxy.ca;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.posthouse.testing.ServiceResource;
import dev.posthouse.testing.TestPki;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;

/**
 * A CA that takes every CSR once, behaves otherwise when told to, and lets in only callers with a
 * certificate of the service CA.
 */
public final class FakeCa implements AutoCloseable {

    /** Where the proxy reports to. */
    private static final int PORT = ServiceResource.port("ca");

    private final HttpsServer server;
    private final Map<String, Function<Integer, Answer>> scripts = new ConcurrentHashMap<>();
    private final Map<String, List<JsonPath>> received = new ConcurrentHashMap<>();
    private final Set<BigInteger> callers = ConcurrentHashMap.newKeySet();
    private final Map<String, String> traces = new ConcurrentHashMap<>();
    private volatile Function<Integer, Answer> otherwise = n -> Answer.taken();
    private volatile Answer state =
            new Answer(200, "{\"lead_time\":2,\"observed_addr\":\"198.51.100.9\"}", Map.of());

    /**
     * What it says.
     *
     * @param status HTTP
     * @param code of a problem, or null
     * @param headers more of them
     */
    public record Answer(int status, String code, Map<String, String> headers) {

        /** 200. */
        public static Answer taken() {
            return new Answer(200, null, Map.of());
        }

        /** A problem. */
        public static Answer problem(int status, String code) {
            return new Answer(status, code, Map.of());
        }

        /** A problem that ends by itself. */
        public static Answer retry(int status, String code, int seconds) {
            return new Answer(status, code, Map.of("Retry-After", Integer.toString(seconds)));
        }

        /** The connection breaks instead. */
        public static Answer lost() {
            return new Answer(0, null, Map.of());
        }
    }

    /** With the identity of {@code ca-service}. */
    public FakeCa() {
        this(TestPki.shared().service("ca-service"));
    }

    /** With another identity. */
    public FakeCa(TestPki.Identity identity) {
        try {
            server = listen(identity);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/csr", this::csr);
        server.createContext("/state", this::state);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private static HttpsServer listen(TestPki.Identity identity) throws IOException {
        HttpsServer server =
                HttpsServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(identity.context()) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                        ssl.setNeedClientAuth(true);
                        parameters.setSSLParameters(ssl);
                    }
                });
        return server;
    }

    /** What it answers for every session without a script of its own. */
    public FakeCa otherwise(Function<Integer, Answer> script) {
        otherwise = script;
        return this;
    }

    /** What it answers for its state. */
    public FakeCa seeing(int status, String body) {
        state = new Answer(status, body, Map.of());
        return this;
    }

    /** The serial numbers of the certificates its callers have shown. */
    public Set<BigInteger> callers() {
        return callers;
    }

    /** What it answers for a session, by the number of the try. */
    public FakeCa when(String sessionName, Function<Integer, Answer> script) {
        scripts.put(sessionName, script);
        return this;
    }

    /** What it has received for a session. */
    public List<JsonPath> received(String sessionName) {
        return received.getOrDefault(sessionName, List.of());
    }

    /** The trace context of the last call for a session. */
    public String trace(String sessionName) {
        return traces.get(sessionName);
    }

    private void csr(HttpExchange exchange) throws IOException {
        try (exchange) {
            callers.add(caller((HttpsExchange) exchange).getSerialNumber());
            JsonPath request =
                    new JsonPath(
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
            String session = request.getString("session_name");
            List<JsonPath> tries =
                    received.computeIfAbsent(session, s -> new CopyOnWriteArrayList<>());
            tries.add(request);
            traces.put(session, exchange.getRequestHeaders().getFirst("traceparent"));
            Answer answer = scripts.getOrDefault(session, otherwise).apply(tries.size());
            if (answer.status() == 0) {
                return;
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            String body = answer.code() == null ? "{}" : "{\"code\":\"" + answer.code() + "\"}";
            send(exchange, answer.status(), body);
        }
    }

    private static X509Certificate caller(HttpsExchange exchange) throws IOException {
        return (X509Certificate) exchange.getSSLSession().getPeerCertificates()[0];
    }

    private void state(HttpExchange exchange) throws IOException {
        try (exchange) {
            callers.add(caller((HttpsExchange) exchange).getSerialNumber());
            send(exchange, state.status(), state.code());
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        // Each call shows its caller's present certificate.
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
