package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.local.suite.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A host that runs, and an application at it, written from the specification alone (YMP, section
 * 9).
 */
final class YmpHost implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> SHOP = Map.of("protocol", "trade", "service", "shop");

    private final ServiceProcess process;
    private final String name;
    private final HttpClient http;

    /**
     * A message in the inbox.
     *
     * @param seq its number there
     * @param id which it was sent with
     */
    record Letter(long seq, String id) {}

    YmpHost(ServiceProcess process, Tls application) {
        this(process, process.url().getAuthority(), application);
    }

    private YmpHost(ServiceProcess process, String name, Tls application) {
        this.process = process;
        this.name = name;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(application.context())
                        .connectTimeout(TIMEOUT)
                        .build();
    }

    /** The same host by way of another replica. */
    YmpHost replica(ServiceProcess other, Tls application) {
        return new YmpHost(other, name, application);
    }

    ServiceProcess process() {
        return process;
    }

    /** As others call it. */
    String name() {
        return name;
    }

    /** Hands a message over, with a client's patience. */
    void send(YmpHost to, String id, Duration patience) {
        Map<String, Object> message =
                Map.of(
                        "host",
                        to.name(),
                        "protocol",
                        "trade",
                        "service",
                        "shop",
                        "action",
                        "order",
                        "sender",
                        SHOP,
                        "id",
                        id,
                        "payload",
                        Map.of("article", id));
        Device.Answer answer =
                Device.persist(
                                () -> call(post("/messages", message)),
                                System.nanoTime() + patience.toNanos())
                        .orElseThrow(() -> new AssertionError(id + " was not taken in time"));
        assertThat(answer.status()).as("%s: %s", id, answer.body()).isEqualTo(202);
        assertThat(answer.text("id")).isEqualTo(id);
    }

    /** What waits, after a moment when nothing does. */
    List<Letter> inbox() throws IOException {
        Device.Answer answer = call(request("/inbox?max=100&wait=1").GET().build());
        if (answer.status() != 200) {
            throw new IOException("the inbox answers " + answer);
        }
        List<Letter> letters = new ArrayList<>();
        for (JsonNode one : answer.body().path("messages")) {
            letters.add(new Letter(one.path("seq").asLong(), one.at("/message/id").asText()));
        }
        return letters;
    }

    /** Takes these out of the inbox. */
    void acknowledge(List<Letter> letters) throws IOException {
        List<Long> seqs = letters.stream().map(Letter::seq).toList();
        Device.Answer answer = call(post("/inbox/acks", Map.of("seq", seqs)));
        if (answer.status() != 204) {
            throw new IOException("acknowledging answers " + answer);
        }
    }

    private HttpRequest post(String path, Object body) throws IOException {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        URI url = process.url().resolve(path);
        return HttpRequest.newBuilder(url).timeout(TIMEOUT);
    }

    private Device.Answer call(HttpRequest request) throws IOException {
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            return new Device.Answer(
                    answer.statusCode(),
                    JSON.readTree(answer.body()),
                    answer.headers().firstValue("Retry-After").isPresent());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
