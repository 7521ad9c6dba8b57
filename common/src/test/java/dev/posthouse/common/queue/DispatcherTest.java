package dev.posthouse.common.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One round records, claims and starts. */
final class DispatcherTest {

    private final ConcurrentLinkedQueue<Integer> jobs = new ConcurrentLinkedQueue<>();
    private final List<Integer> asked = new ArrayList<>();
    private final List<List<String>> recorded = new ArrayList<>();
    private final Semaphore go = new Semaphore(0);
    private final Semaphore ended = new Semaphore(0);
    private boolean databaseAway;
    private int most = 3;

    private final Dispatcher<Integer, String> dispatcher =
            new Dispatcher<>(() -> most, this::claim, this::act, this::record, ended::release);

    private List<Integer> claim(int most) {
        asked.add(most);
        return IntStream.range(0, most).mapToObj(n -> jobs.poll()).filter(j -> j != null).toList();
    }

    private String act(Integer job) {
        go.acquireUninterruptibly();
        if (job < 0) {
            throw new IllegalStateException("it never should");
        }
        return "done " + job;
    }

    private void record(List<String> results) {
        if (databaseAway) {
            throw new IllegalStateException("database away");
        }
        recorded.add(List.copyOf(results));
    }

    private void finish(int number) throws InterruptedException {
        go.release(number);
        assertThat(ended.tryAcquire(number, 5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void claimsNoMoreThanMayBeUnderWay() throws InterruptedException {
        jobs.addAll(List.of(1, 2, 3, 4, 5));

        dispatcher.round();
        dispatcher.round();
        assertThat(asked).containsExactly(3);

        finish(3);
        dispatcher.round();
        assertThat(asked).containsExactly(3, 3);
        finish(2);
        dispatcher.round();
        assertThat(recorded.stream().mapToInt(List::size).sum()).isEqualTo(5);
    }

    @Test
    void claimsNothingWhileNothingMayBegin() throws InterruptedException {
        jobs.addAll(List.of(1, 2));
        most = 0;
        dispatcher.round();
        assertThat(asked).isEmpty();

        most = 1;
        dispatcher.round();
        dispatcher.round();

        assertThat(asked).containsExactly(1);
        finish(1);
    }

    @Test
    void recordsWhatHasComeBackInOneBatch() throws InterruptedException {
        jobs.addAll(List.of(1, 2, 3));
        dispatcher.round();
        finish(3);

        dispatcher.round();

        assertThat(recorded).hasSize(1);
        assertThat(recorded.getFirst()).containsExactlyInAnyOrder("done 1", "done 2", "done 3");
    }

    @Test
    void keepsResultsThatCouldNotBeRecorded() throws InterruptedException {
        jobs.add(1);
        dispatcher.round();
        finish(1);
        databaseAway = true;
        assertThatThrownBy(dispatcher::round).hasMessage("database away");

        databaseAway = false;
        dispatcher.round();

        assertThat(recorded).containsExactly(List.of("done 1"));
    }

    @Test
    void givesTheRoomOfAJobThatThrewToTheNext() throws InterruptedException {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, expected) -> {});
        try {
            jobs.addAll(List.of(-1, -2, -3));
            dispatcher.round();
            finish(3);
            dispatcher.round();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }

        assertThat(asked).containsExactly(3, 3);
        assertThat(recorded).isEmpty();
    }
}
