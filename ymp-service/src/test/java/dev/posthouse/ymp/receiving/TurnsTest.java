package dev.posthouse.ymp.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.YmpException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Packets of one sender wait for each other, and not without end. */
final class TurnsTest {

    private static final HostName JANE = HostName.parse("jane.example");
    private static final HostName KATE = HostName.parse("kate.example");

    private final Turns turns = new Turns();
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    private int step() {
        try {
            atOnce.incrementAndGet();
            go.await();
            atOnce.decrementAndGet();
            return done.incrementAndGet();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private List<Thread> occupied() throws InterruptedException {
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            waiting.add(Thread.ofPlatform().start(() -> turns.inTurn(JANE, this::step)));
        }
        for (Thread thread : waiting) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        return waiting;
    }

    @Test
    void letsOnePacketOfASenderThroughAtATime() throws InterruptedException {
        List<Thread> waiting = occupied();

        assertThat(atOnce).hasValue(1);
        assertThat(turns.inTurn(KATE, () -> "not held up")).isEqualTo("not held up");
        go.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(done).hasValue(32);
    }

    @Test
    void refusesMoreThanAFewAndRecovers() throws InterruptedException {
        List<Thread> waiting = occupied();

        assertThatThrownBy(() -> turns.inTurn(JANE, this::step))
                .isInstanceOfSatisfying(
                        YmpException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo("packet.concurrent"));
        go.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(turns.inTurn(JANE, this::step)).isEqualTo(33);
    }

    @Test
    void goesOnAfterAFailure() {
        assertThatThrownBy(() ->
                        turns.inTurn(
                                JANE,
                                () -> {
                                    throw new IllegalStateException("database");
                                }))
                .hasMessage("database");

        go.countDown();
        assertThat(turns.inTurn(JANE, this::step)).isEqualTo(1);
    }
}
