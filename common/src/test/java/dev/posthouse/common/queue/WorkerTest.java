package dev.posthouse.common.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A worker is woken, ticks, outlives failures and stops. */
final class WorkerTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final Semaphore rounds = new Semaphore(0);

    private boolean ran(int times) throws InterruptedException {
        return rounds.tryAcquire(times, 5, TimeUnit.SECONDS);
    }

    @Test
    void worksAtOnceWhenItIsWoken() throws InterruptedException {
        try (Worker worker = new Worker("test", NEVER, this::idle).start()) {
            assertThat(ran(1)).isTrue();

            worker.wake();

            assertThat(ran(1)).isTrue();
            assertThat(rounds.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private boolean idle() {
        rounds.release();
        return false;
    }

    @Test
    void worksAtEveryTick() throws InterruptedException {
        try (Worker _ = new Worker("test", Duration.ofMillis(10), this::idle).start()) {
            assertThat(ran(5)).isTrue();
        }
    }

    @Test
    void goesOnAtOnceWhileThereIsMore() throws InterruptedException {
        AtomicInteger left = new AtomicInteger(3);
        try (Worker _ =
                new Worker(
                                "test",
                                NEVER,
                                () -> {
                                    rounds.release();
                                    return left.decrementAndGet() > 0;
                                })
                        .start()) {
            assertThat(ran(3)).isTrue();
        }
    }

    @Test
    void outlivesARoundThatFails() throws InterruptedException {
        Iterator<Throwable> failures =
                List.of(new IllegalStateException("database away"), new StackOverflowError())
                        .iterator();
        try (Worker _ = new Worker("test", Duration.ofMillis(10), () -> fail(failures)).start()) {
            assertThat(ran(3)).isTrue();
        }
    }

    private boolean fail(Iterator<Throwable> failures) {
        rounds.release();
        if (failures.hasNext()) {
            Throwable next = failures.next();
            if (next instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) next;
        }
        return false;
    }

    @Test
    void endsTheRoundUnderWayBeforeItStops() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Worker worker =
                new Worker(
                                "test",
                                NEVER,
                                () -> {
                                    begun.countDown();
                                    pause();
                                    ended.set(true);
                                    return true;
                                })
                        .start();
        begun.await();

        worker.close();

        assertThat(ended).isTrue();
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
