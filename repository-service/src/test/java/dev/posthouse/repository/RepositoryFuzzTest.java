package dev.posthouse.repository;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.Damage;
import dev.posthouse.testing.TestPki;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged and invented input at every door: refused, soon, and never as our fault. */
@QuarkusTest
class RepositoryFuzzTest {

    private static final long SEED = 20_261_122;
    private static final int ROUNDS = Integer.getInteger("posthouse.fuzz.rounds", 2_000);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Random random = new Random(SEED);
    private final Damage damage = new Damage(random);
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(TestPki.shared().anonymous()).build();
    private final HttpClient ca =
            HttpClient.newBuilder()
                    .sslContext(TestPki.shared().service("ca-service").context())
                    .build();

    @Test
    void withstandsCertificatesAndRefusals() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            TestSession session = new TestSession();
            Map<String, Object> fields = session.certFields(CHAIN);
            fields.put("code", "csr.key.size");
            String path = random.nextBoolean() ? "/cert" : "/cert/refusal";
            statuses.add(send(ca, path, damage.of(fields)));
        }

        assertThat(statuses).isSubsetOf(200, 400, 403, 409, 413);
        assertThat(statuses).contains(400);
    }

    private static final String CHAIN = new TestSession().chain();

    @Test
    void withstandsCollections() throws Exception {
        TestSession session = new TestSession();
        session.stored();
        List<Integer> statuses = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String path = random.nextInt(4) == 0 ? session.path() : "/" + damagedToken(session);
            statuses.add(
                    send(client, path, damage.of(Map.of("session_name", session.name().value()))));
        }

        assertThat(statuses).isSubsetOf(200, 400, 403, 404, 413, 429);
        assertThat(statuses).contains(400, 404);
    }

    private int send(HttpClient caller, String path, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(RepositoryUnderTest.door().url().resolve(path))
                        .header("Content-Type", "application/json")
                        .header("Forwarded", "for=" + TestSession.newAddress())
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        HttpResponse<String> answer = caller.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as("%s with %s", path, new String(body, ISO_8859_1))
                .isLessThan(500);
        return answer.statusCode();
    }

    /** Something a URI may hold, made of a good token. */
    private String damagedToken(TestSession session) {
        String damaged =
                new String(damage.of(session.path().substring(1).getBytes(UTF_8)), ISO_8859_1);
        return damaged.replaceAll("[^A-Za-z0-9._~%-]", "%0A")
                .replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    }
}
