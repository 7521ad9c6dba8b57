package dev.posthouse.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.testing.Damage;
import dev.posthouse.testing.EitherVersion;
import dev.posthouse.testing.EitherVersion.Reply;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Damaged calls at a door for parcels, by chance and from a seed: each is answered, and soon. */
public final class DoorFuzz implements AutoCloseable {

    /** Of calls by one test; a property asks for more. */
    public static final int ROUNDS = Integer.getInteger("posthouse.fuzz.rounds", 2_000) / 8;

    private static final long SEED = 20_261_123;
    private static final Duration MOST = Duration.ofSeconds(3);

    private final Random random = new Random(SEED);
    private final Damage damage = new Damage(random);
    private final EitherVersion client;

    public DoorFuzz(HttpVersion version) {
        this.client = new EitherVersion(version, RelayUnderTest.door().url());
    }

    /** One of these. */
    @SafeVarargs
    public final <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** More or less damaged, and once in a while not at all. */
    public byte[] damaged(byte[] good) {
        byte[] octets = good;
        for (int times = random.nextInt(4); times > 0; times--) {
            octets = damage.of(octets);
        }
        return octets;
    }

    /** The same of what may stand in a header. */
    public String damaged(String good) {
        return new String(damaged(good.getBytes(ISO_8859_1)), ISO_8859_1)
                .replaceAll("[^ -~]", "?")
                .strip();
    }

    /** A POST whose headers are damaged too, a third of the times. */
    public Reply post(String path, Map<String, String> headers, byte[] body) {
        Map<String, String> sent = new TreeMap<>(headers);
        if (random.nextInt(3) == 0) {
            sent.replaceAll((name, value) -> damaged(value));
        }
        long begun = System.nanoTime();
        Reply reply = client.call("POST", path, sent, body);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(MOST);
        return reply;
    }

    @Override
    public void close() {
        client.close();
    }
}
