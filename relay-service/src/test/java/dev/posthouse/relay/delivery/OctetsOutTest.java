package dev.posthouse.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What waits for room in memory, and what for. */
final class OctetsOutTest {

    private static final int LONGEST = 8_322_037;
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final OctetsOut room = new OctetsOut();

    private Thread taking(int octets) {
        return Thread.ofVirtual().start(() -> room.take(octets, true));
    }

    @Test
    void aLongParcelWaitsForTwoOthers() throws Exception {
        room.take(LONGEST, true);
        room.take(LONGEST, true);
        Thread third = taking(LONGEST);
        assertThat(third.join(SHORT)).isFalse();

        room.giveBack(LONGEST, true);

        assertThat(third.join(PATIENCE)).isTrue();
    }

    @Test
    void aShortParcelWaitsForNoLongOnes() throws Exception {
        room.take(LONGEST, true);
        room.take(LONGEST, true);
        Thread third = taking(LONGEST);
        assertThat(third.join(SHORT)).isFalse();

        Thread usual = taking(OctetsOut.USUAL);

        assertThat(usual.join(PATIENCE)).isTrue();
        room.giveBack(LONGEST, true);
        assertThat(third.join(PATIENCE)).isTrue();
    }

    @Test
    void peersThatDoNotAnswerLeaveRoomForThoseThatDo() throws Exception {
        room.take(LONGEST, false);
        Thread silent = Thread.ofVirtual().start(() -> room.take(LONGEST, false));
        assertThat(silent.join(SHORT)).isFalse();

        assertThat(taking(LONGEST).join(PATIENCE)).isTrue();

        room.giveBack(LONGEST, true);
        room.giveBack(LONGEST, false);
        assertThat(silent.join(PATIENCE)).isTrue();
    }
}
