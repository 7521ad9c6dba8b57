package dev.posthouse.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.testing.CsrMaker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A client written from the specification alone (certificates, sections 2 and 8), for loopback. Its
 * retries are quicker than a real device's.
 */
final class Device {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final URI proxy;
    private final Optional<URI> repository;
    private final HttpClient http;

    Device(URI proxy, Tls tls) {
        this(proxy, Optional.empty(), tls);
    }

    /** Collects at another address of the repository than the AccessURL's. */
    Device(URI proxy, Optional<URI> repository, Tls tls) {
        this.proxy = proxy;
        this.repository = repository;
        this.http =
                HttpClient.newBuilder().sslContext(tls.context()).connectTimeout(TIMEOUT).build();
    }

    /**
     * One issuance, from the client's side.
     *
     * @param name the session name
     * @param csr PEM
     */
    record Session(String name, String csr) {}

    /**
     * What a door answered.
     *
     * @param status HTTP
     * @param body JSON, or null
     * @param retryAfter whether the same may be asked again
     */
    record Answer(int status, JsonNode body, boolean retryAfter) {

        String text(String field) {
            return body.path(field).asText();
        }

        /** Whether a client tries again (section 8). */
        boolean isTransient() {
            return status == 408 || status == 429 || status >= 500 || retryAfter;
        }
    }

    /** A fresh session with a key of its own. */
    static Session session(CsrMaker maker) {
        byte[] octets = new byte[32];
        RANDOM.nextBytes(octets);
        String name = HexFormat.of().formatHex(octets);
        return new Session(name, maker.csr(name, "127.0.0.1"));
    }

    /** {@code POST /csr}, once. */
    Answer submit(Session session) throws IOException {
        return post(
                proxy.resolve("/csr"),
                Map.of("csr", session.csr(), "session_name", session.name()));
    }

    /** {@code POST <AccessURL>}, once. */
    Answer collect(String accessUrl, Session session) throws IOException {
        URI given = URI.create(accessUrl);
        URI url = repository.map(other -> other.resolve(given.getPath())).orElse(given);
        return post(url, Map.of("session_name", session.name()));
    }

    /**
     * Submits and collects with a client's patience.
     *
     * @return the last answer of the repository, or the proxy's refusal; empty when time ran out
     */
    Optional<Answer> obtain(Session session, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Optional<Answer> accepted = persist(() -> submit(session), end);
        if (accepted.isEmpty() || accepted.get().status() != 200) {
            return accepted;
        }
        String accessUrl = accepted.get().text("access_url");
        return persist(() -> collect(accessUrl, session), end);
    }

    /** Something that may fail for a while. */
    interface Try {
        Answer answer() throws IOException;
    }

    static Optional<Answer> persist(Try attempt, long end) {
        while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            try {
                Answer answer = attempt.answer();
                if (!answer.isTransient()) {
                    return Optional.of(answer);
                }
            } catch (IOException away) {
                // A network error is retried like a 503.
            }
            pause();
        }
        return Optional.empty();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer post(URI url, Map<String, String> fields) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        JSON.writeValueAsBytes(fields)))
                        .build();
        try {
            HttpResponse<byte[]> response =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    JSON.readTree(response.body()),
                    response.headers().firstValue("Retry-After").isPresent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
