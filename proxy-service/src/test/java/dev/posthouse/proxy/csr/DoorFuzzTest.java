package dev.posthouse.proxy.csr;

import static dev.posthouse.proxy.ProxyUnderTest.address;
import static dev.posthouse.proxy.ProxyUnderTest.sessionName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.RawHttp;
import dev.posthouse.testing.RawHttp.Reply;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Seeded noise against the door: whatever comes, a refusal in less than three seconds, never a 5xx.
 * {@code -Dfuzz.rounds} makes it longer.
 */
@QuarkusTest
final class DoorFuzzTest {

    private static final long SEED = 20_261_122;
    private static final int ROUNDS = Integer.getInteger("posthouse.fuzz.rounds", 2_000) / 8;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String JSON = "Content-Type: application/json\r\n";

    @TestHTTPResource(tls = true)
    URI url;

    private final Random random = new Random(SEED);

    private void mutate(byte[] octets, int most) {
        for (int changes = 1 + random.nextInt(most); changes > 0 && octets.length > 0; changes--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
    }

    private static void assertHarmless(Reply reply, long begun, String what) {
        assertThat(reply.status()).as(what).isLessThan(500);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(what).isLessThan(PATIENCE);
    }

    @Test
    void refusesChangedBodies() {
        String session = sessionName();
        RawHttp http = RawHttp.connect(url);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                String client = address();
                byte[] body = body(session, client);
                long begun = System.nanoTime();

                Reply reply =
                        http.request("POST /csr", "Forwarded: for=" + client + "\r\n" + JSON, body)
                                .receive();

                assertHarmless(
                        reply, begun, round + ": " + new String(body, StandardCharsets.ISO_8859_1));
                if ("close".equals(reply.header("Connection"))) {
                    http.close();
                    http = RawHttp.connect(url);
                }
            }
        } finally {
            http.close();
        }
    }

    private byte[] body(String session, String client) {
        byte[] der = CsrMaker.p256().named(session).at(client).der();
        switch (random.nextInt(5)) {
            case 0 -> mutate(der, 3);
            case 1 -> der = Arrays.copyOf(der, random.nextInt(der.length));
            case 2 -> {
                der = new byte[random.nextInt(600)];
                random.nextBytes(der);
            }
            default -> {
                // The envelope is what changes.
            }
        }
        String csr = CsrMaker.pem(der).replace("\n", "\\n");
        byte[] body =
                ("{\"csr\":\"" + csr + "\",\"session_name\":\"" + session + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
        switch (random.nextInt(4)) {
            case 0 -> mutate(body, 4);
            case 1 -> body = Arrays.copyOf(body, random.nextInt(body.length));
            default -> {
                // As it is.
            }
        }
        return body;
    }

    @Test
    void refusesChangedHeads() {
        String[] lines = {
            "POST /csr HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json; charset=utf-8",
            "Accept: text/html;q=0.5, application/json;q=0.9, */*;q=0",
            "Forwarded: for=10.0.0.1;proto=https, for=\"[fd00::1]:99\"",
            "X-Request-Id: abc",
            "Authorization: Bearer x",
            "Expect: nothing",
            "Cookie: a=b",
            "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "Connection: close",
            "Content-Length: 2",
        };
        for (int round = 0; round < ROUNDS / 3; round++) {
            byte[] head = (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            mutate(head, 6);
            String what = round + ": " + new String(head, StandardCharsets.ISO_8859_1);
            long begun = System.nanoTime();
            try (RawHttp http = RawHttp.connect(url)) {
                Reply reply = http.send(head).send("\r\n{}\r\n\r\n").receive();

                assertHarmless(reply, begun, what);
            } catch (UncheckedIOException hungUp) {
                // Below HTTP nothing needs an answer; a hang would have run into the time limit.
                assertThat(Duration.ofNanos(System.nanoTime() - begun))
                        .as(what)
                        .isLessThan(PATIENCE);
            }
        }
    }
}
