package dev.posthouse.ymp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.ymp.YmpException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Whatever octets come for a packet, they are one or are refused, and nothing else happens. Seeded;
 * {@code -Dposthouse.fuzz.rounds=…} for longer runs.
 */
final class PacketFuzzTest {

    private static final int ROUNDS = 5 * Integer.getInteger("posthouse.fuzz.rounds", 2000);

    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ":",
                    ",",
                    "\"",
                    "\\",
                    "\\u0000",
                    "\\ud800",
                    "null",
                    "true",
                    "1e999999999",
                    "-0",
                    "\"packet\":",
                    "\"messages\":",
                    "\"payload\":{}",
                    "\"id\":",
                    "{\"packet\":{\"messages\":[",
                    "\0",
                    "\ufeff",
                    "é",
                    "\ud83d\ude00",
                    " ");

    private final Random random = new Random(20261122);

    private static Optional<Packet> parse(byte[] octets) {
        return Assertions.assertTimeout(
                Duration.ofSeconds(3),
                () -> {
                    try {
                        return Optional.of(Packet.parse(octets));
                    } catch (YmpException refused) {
                        assertThat(refused.code()).isNotEmpty();
                        return Optional.empty();
                    }
                });
    }

    private static byte[] good() {
        return TestMessage.packet(
                new TestMessage("a.example", "b.example", "1").json(),
                new TestMessage("a.example", "b.example", "2")
                        .text("reply-to", "x")
                        .with("payload", "{\"é\": [1.5e3, \"\\ud83d\\ude00\", null]}")
                        .json());
    }

    @Test
    void readsMutantsOrRefusesThem() {
        int packets = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = good();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(octets.length);
                octets[at] = (byte) random.nextInt(random.nextBoolean() ? 256 : 128);
            }
            Optional<Packet> packet = parse(octets);
            packets += packet.isPresent() ? 1 : 0;
            packet.ifPresent(read -> isWhole(read, octets));
        }
        assertThat(packets).as("mutants that are packets").isBetween(ROUNDS / 50, ROUNDS);
    }

    /** Each text stands in the octets, and reads as the same message by itself. */
    private static void isWhole(Packet packet, byte[] octets) {
        String body = new String(octets, StandardCharsets.UTF_8);
        for (Message message : packet.messages()) {
            assertThat(body).contains(message.text());
            assertThat(Message.parse(message.text())).isEqualTo(message);
        }
    }

    @Test
    void readsCutsOrRefusesThem() {
        byte[] whole = good();
        for (int end = 0; end < whole.length; end++) {
            assertThat(parse(Arrays.copyOf(whole, end))).isEmpty();
        }
    }

    @Test
    void readsPiecesPutTogetherOrRefusesThem() {
        String body = new String(good(), StandardCharsets.UTF_8);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(body);
            for (int pieces = 1 + random.nextInt(4); pieces > 0; pieces--) {
                int at = random.nextInt(text.length() + 1);
                text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            }
            parse(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void readsTheWorstOfAMebibyteInTime() {
        for (String worst :
                List.of(
                        "[".repeat(1 << 20),
                        "{\"a\":".repeat(200_000),
                        "{\"packet\":{\"messages\":[" + "1,".repeat(500_000),
                        payload("\"a\":[" + "1,".repeat(500_000) + "1]"),
                        payload("\"a\":[" + "[],".repeat(330_000) + "1]"),
                        payload("\"a\":" + "9".repeat(1_000_000)),
                        payload("\"a\":\"" + "\\ud83d\\ude00".repeat(80_000) + "\""),
                        "{\"" + "a".repeat(1_000_000) + "\":1}")) {
            parse(worst.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String payload(String members) {
        return new String(
                TestMessage.packet(
                        new TestMessage("a.example", "b.example", "1")
                                .with("payload", "{" + members + "}")
                                .json()),
                StandardCharsets.UTF_8);
    }
}
