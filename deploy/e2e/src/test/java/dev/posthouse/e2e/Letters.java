package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.e2e.YmpHost.Letter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Messages from one host to another while something happens to them, and the ledger of what was
 * handed over and what came out, kept outside the hosts. The reader acknowledges what it has
 * written down, and reads again what it could not acknowledge.
 */
final class Letters implements AutoCloseable {

    private final List<YmpHost> from;
    private final YmpHost to;
    private final Duration patience;
    private final String run = UUID.randomUUID().toString();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> senders = new CopyOnWriteArrayList<>();
    private final List<Letter> received = new CopyOnWriteArrayList<>();

    private Letters(List<YmpHost> from, YmpHost to, Duration patience) {
        this.from = from;
        this.to = to;
        this.patience = patience;
    }

    /** Begins to send so many, by so many senders at a time, and to read them. */
    static Letters begin(int count, int senders, YmpHost from, YmpHost to, Duration patience) {
        return begin(count, senders, List.of(from), to, patience);
    }

    /** The same, by replicas of one host in turn. */
    static Letters begin(
            int count, int senders, List<YmpHost> from, YmpHost to, Duration patience) {
        Letters letters = new Letters(from, to, patience);
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < senders; i++) {
            YmpHost sender = from.get(i % from.size());
            letters.senders.add(letters.threads.submit(() -> letters.send(sender, next, count)));
        }
        letters.threads.execute(letters::read);
        return letters;
    }

    private void send(YmpHost sender, AtomicInteger next, int count) {
        for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            sender.send(to, id(i), patience);
        }
    }

    private String id(int number) {
        return run + "-" + number;
    }

    private void read() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                List<Letter> some = to.inbox();
                some.stream().filter(one -> one.id().startsWith(run)).forEach(received::add);
                if (!some.isEmpty()) {
                    to.acknowledge(some);
                }
            } catch (IOException away) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until all are handed over. */
    void awaitSent() throws Exception {
        for (Future<?> sender : senders) {
            sender.get();
        }
    }

    /** Waits until at least so many have come. */
    void awaitReceived(int count) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (distinct().size() < count) {
            assertThat(System.nanoTime())
                    .as(
                            "%d of %d came from %s to %s",
                            distinct().size(), count, from.getFirst().name(), to.name())
                    .isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** One that was read again has the same number. */
    private List<Letter> distinct() {
        return received.stream().distinct().toList();
    }

    /** Each came once, and nothing else: what came twice would have two numbers. */
    void assertEachCameExactlyOnce(int count) throws Exception {
        awaitSent();
        awaitReceived(count);
        assertThat(distinct())
                .extracting(Letter::id)
                .containsExactlyInAnyOrderElementsOf(ids(count));
    }

    /** The same, and in the order in which they were sent; only with one sender. */
    void assertEachCameInOrder(int count) throws Exception {
        awaitSent();
        awaitReceived(count);
        assertThat(distinct()).extracting(Letter::id).containsExactlyElementsOf(ids(count));
    }

    private List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(this::id).toList();
    }

    /** What their ids begin with. */
    String run() {
        return run;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
