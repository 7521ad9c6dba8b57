package dev.posthouse.relay.collection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.relay.DoorFuzz;
import dev.posthouse.relay.identity.OwnIdentity;
import dev.posthouse.testing.Damage;
import dev.posthouse.testing.LogWatch;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * PoHTTP, section 16, of what private gateways say while they collect (section 11.1): whatever it
 * is, it is a protocol error of theirs, and found out at once.
 */
@QuarkusTest
class CollectionFuzzTest {

    private static final long SEED = 20_261_123;
    private static final Duration MOST = Duration.ofSeconds(3);
    private static final int ROUNDS = DoorFuzz.ROUNDS / 2;
    private static final byte[] NO_ID = "no id".getBytes(US_ASCII);

    /** For good, and as a server that does not understand what it is sent. */
    private static final Integer[] CODES = {1002, 1003, 1007, 1009};

    @Inject OwnIdentity identity;

    private final Random random = new Random(SEED);
    private final Damage damage = new Damage(random);
    private CollectingGateway gateway;

    @BeforeEach
    void register() {
        gateway = CollectingGateway.registered(identity);
    }

    private byte[] damaged(byte[] good) {
        byte[] octets = good;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            octets = damage.of(octets);
        }
        return octets;
    }

    private static void assertClosed(RawWebSocket socket, int round) {
        long begun = System.nanoTime();
        assertThat(socket.closeCode()).as("round %s", round).isIn((Object[]) CODES);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(MOST);
    }

    /** Who is cut off while it still sends may not get to hear why. */
    private static void assertClosedOrCut(RawWebSocket socket, int round) {
        long begun = System.nanoTime();
        try {
            assertClosed(socket, round);
        } catch (UncheckedIOException cut) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(MOST);
        }
    }

    /** One that by chance is good still is let in, and refused for what it says next. */
    @Test
    void refusesDamagedAnswers() {
        try (LogWatch log = new LogWatch()) {
            for (int round = 0; round < ROUNDS; round++) {
                try (RawWebSocket socket = RawWebSocket.open(CollectionTest.plainPort())) {
                    byte[] challenge = socket.next(RawWebSocket.BINARY).octets();
                    socket.send(RawWebSocket.BINARY, damaged(gateway.answer(challenge)));
                    socket.send(RawWebSocket.TEXT, NO_ID);

                    assertClosed(socket, round);
                }
            }
            assertThat(log.text()).doesNotContain("ERROR");
        }
    }

    @Test
    void refusesDamagedAcknowledgements() {
        WaitingParcel waiting = WaitingParcel.add(gateway.id(), 10);
        try (LogWatch log = new LogWatch()) {
            for (int round = 0; round < ROUNDS; round++) {
                try (RawWebSocket socket = RawWebSocket.open(CollectionTest.plainPort())) {
                    byte[] challenge = socket.next(RawWebSocket.BINARY).octets();
                    socket.send(RawWebSocket.BINARY, gateway.answer(challenge));
                    socket.next(RawWebSocket.BINARY);
                    socket.send(RawWebSocket.BINARY, different(waiting.id()));

                    assertClosed(socket, round);
                }
            }
            assertThat(log.text()).doesNotContain("ERROR");
        }
        assertThat(WaitingParcel.waiting(gateway.id())).isEqualTo(1);
    }

    /** Of some damage nothing is left to be seen. */
    private byte[] different(UUID id) {
        byte[] octets = damaged(id.toString().getBytes(US_ASCII));
        try {
            boolean same = UUID.fromString(new String(octets, US_ASCII)).equals(id);
            return same ? NO_ID : octets;
        } catch (IllegalArgumentException none) {
            return octets;
        }
    }

    /** Kinds there are none of, continuations of nothing, lengths of anything. */
    @Test
    void refusesDamagedFrames() {
        try (LogWatch log = new LogWatch()) {
            for (int round = 0; round < ROUNDS; round++) {
                try (RawWebSocket socket = RawWebSocket.open(CollectionTest.plainPort())) {
                    sendSome(socket);

                    assertClosedOrCut(socket, round);
                }
            }
            assertThat(log.text()).doesNotContain("ERROR");
        }
    }

    private void sendSome(RawWebSocket socket) {
        try {
            for (int frame = 0; frame < 8; frame++) {
                byte[] octets = new byte[random.nextInt(300)];
                random.nextBytes(octets);
                int kind = random.nextInt(8);
                socket.send(kind, random.nextBoolean(), octets);
            }
            socket.send(RawWebSocket.TEXT, NO_ID);
        } catch (UncheckedIOException closedAlready) {
            // So it has: why is still to be read.
        }
    }
}
