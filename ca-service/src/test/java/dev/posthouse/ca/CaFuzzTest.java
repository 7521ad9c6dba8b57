package dev.posthouse.ca;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.ca.publication.FakeRepository;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.Damage;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Damaged and invented input at the door: refused, soon, and never as our fault. */
@QuarkusTest
final class CaFuzzTest {

    private static final long SEED = 20_261_122;
    private static final int ROUNDS = Integer.getInteger("posthouse.fuzz.rounds", 2_000) / 2;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Random random = new Random(SEED);
    private final Damage damage = new Damage(random);
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient proxy = HttpClient.newBuilder().sslContext(CaUnderTest.PROXY).build();
    private final CsrMaker maker = CsrMaker.p256();

    @Test
    void withstandsDamagedRequests() throws Exception {
        FakeRepository.running();
        List<Integer> statuses = new ArrayList<>();

        for (int round = 0; round < ROUNDS; round++) {
            TestCall call = new TestCall(maker, "192.168.1.7", "203.0.113.7");
            statuses.add(send(damage.of(call.fields())));
        }

        assertThat(statuses).isSubsetOf(200, 400, 403, 413);
        assertThat(statuses).contains(400, 403);
        new TestCall().post().then().statusCode(200);
    }

    @Test
    void withstandsCsrsOfWhichOneOctetIsWrong() throws Exception {
        FakeRepository.running();
        List<Integer> statuses = new ArrayList<>();

        for (int round = 0; round < ROUNDS / 4; round++) {
            String name = TestCall.newName();
            byte[] der = maker.named(name).at("192.168.1.7").der();
            der[random.nextInt(der.length)] ^= (byte) (1 << random.nextInt(8));
            statuses.add(
                    send(json.writeValueAsBytes(TestCall.of(name, CsrMaker.pem(der)).fields())));
        }

        // Nothing of a request can change without its signature failing.
        assertThat(statuses).containsOnly(400);
    }

    private int send(byte[] body) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(CaUnderTest.door().url().resolve("/csr"))
                        .header("Content-Type", "application/json")
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        HttpResponse<String> answer = proxy.send(request, HttpResponse.BodyHandlers.ofString());
        while (answer.statusCode() == 429) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            answer = proxy.send(request, HttpResponse.BodyHandlers.ofString());
        }
        assertThat(answer.statusCode()).as(new String(body, ISO_8859_1)).isLessThan(500);
        return answer.statusCode();
    }
}
