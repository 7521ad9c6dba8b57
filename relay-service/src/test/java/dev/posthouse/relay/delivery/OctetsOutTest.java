package dev.posthouse.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What waits for room in memory, and what for. */
final class OctetsOutTest {

    private static final int LONGEST = 8_322_037;
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Who waits longer than a test does has got its room when it ends. */
    private final OctetsOut room = new OctetsOut(patience(PATIENCE.multipliedBy(6), PATIENCE));

    private static Room.Patience patience(Duration usual, Duration ofNext) {
        return new Room.Patience(usual, ofNext);
    }

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

    /** Whoever waits keeps a job from another host's peers. */
    @Test
    void nobodyWaitsForLongButOne() throws Exception {
        OctetsOut impatient = new OctetsOut(patience(SHORT, PATIENCE.multipliedBy(6)));
        assertThat(impatient.take(LONGEST, false)).isTrue();
        Thread next = Thread.ofVirtual().start(() -> impatient.take(LONGEST, false));
        assertThat(next.join(SHORT.multipliedBy(2))).isFalse();

        assertThat(impatient.take(LONGEST, false)).isFalse();
        assertThat(impatient.take(OctetsOut.USUAL, false)).isTrue();
        assertThat(impatient.take(LONGEST, true)).isTrue();

        impatient.giveBack(LONGEST, true);
        impatient.giveBack(LONGEST, false);
        assertThat(next.join(PATIENCE)).isTrue();
    }

    /** Not even the room of those that do not answer, which it had. */
    @Test
    void whoHasWaitedInVainHasNothing() {
        OctetsOut impatient = new OctetsOut(patience(SHORT, SHORT));
        impatient.take(LONGEST, true);
        impatient.take(LONGEST, true);
        assertThat(impatient.take(LONGEST, false)).isFalse();

        impatient.giveBack(LONGEST, true);
        assertThat(impatient.take(LONGEST, false)).isTrue();
        assertThat(impatient.take(LONGEST, false)).isFalse();
        impatient.giveBack(LONGEST, true);
        impatient.giveBack(LONGEST, false);
        assertThat(impatient.take(LONGEST, false)).isTrue();
    }

    /** However many shorter ones are taken meanwhile, each as soon as there is room for it. */
    @Test
    void theLongestHasItsTurnAmongShorterOnes() throws Exception {
        OctetsOut impatient = new OctetsOut(patience(SHORT, PATIENCE.multipliedBy(6)));
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> shorter = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            shorter.add(Thread.ofVirtual().start(() -> takeAgainAndAgain(impatient, over)));
        }

        Thread longest = Thread.ofVirtual().start(() -> impatient.take(LONGEST, false));

        assertThat(longest.join(PATIENCE)).isTrue();
        over.set(true);
        impatient.giveBack(LONGEST, false);
        for (Thread one : shorter) {
            assertThat(one.join(PATIENCE)).isTrue();
        }
    }

    private static void takeAgainAndAgain(OctetsOut room, AtomicBoolean over) {
        while (!over.get()) {
            if (room.take(1_000_000, false)) {
                LockSupport.parkNanos(SHORT.multipliedBy(2).toNanos());
                room.giveBack(1_000_000, false);
            }
        }
    }
}
