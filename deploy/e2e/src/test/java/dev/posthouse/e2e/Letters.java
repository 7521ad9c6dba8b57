package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.e2e.YmpHost.Letter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Messages from one host to another while something happens to them, and the ledger of what was
 * handed over and what came out, kept outside the hosts. The reader acknowledges what it has
 * written down, and reads again what it could not acknowledge.
 */
final class Letters implements AutoCloseable {

    private static final int MOST_UNDER_WAY = 300;
    private static final int NONE = -1;

    private final List<YmpHost> from;
    private final YmpHost to;
    private final Duration patience;
    private final String run = UUID.randomUUID().toString();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> senders = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Queue<Letter> received = new ConcurrentLinkedQueue<>();
    private final Set<String> came = ConcurrentHashMap.newKeySet();
    private int begun;
    private int count;

    private Letters(List<YmpHost> from, YmpHost to, Duration patience, int count) {
        this.from = from;
        this.to = to;
        this.patience = patience;
        this.count = count;
    }

    /** Begins to send so many, by so many senders at a time, and to read them. */
    static Letters begin(int count, int senders, YmpHost from, YmpHost to, Duration patience) {
        return begin(count, senders, List.of(from), to, patience);
    }

    /** The same, by replicas of one host in turn. */
    static Letters begin(
            int count, int senders, List<YmpHost> from, YmpHost to, Duration patience) {
        Letters letters = new Letters(from, to, patience, count);
        for (int i = 0; i < senders; i++) {
            YmpHost sender = from.get(i % from.size());
            letters.senders.add(letters.threads.submit(() -> letters.send(sender)));
        }
        letters.threads.execute(letters::read);
        return letters;
    }

    /** The same, as many as there are until {@link #enough}. */
    static Letters begin(int senders, YmpHost from, YmpHost to, Duration patience) {
        return begin(Integer.MAX_VALUE, senders, from, to, patience);
    }

    /** Of those that went on and on, no more are begun, once there are so many. */
    synchronized int enough(int least) {
        count = Math.max(least, begun);
        return count;
    }

    private synchronized int next() {
        return begun < count ? begun++ : NONE;
    }

    private Void send(YmpHost sender) throws InterruptedException {
        for (int number = next(); number != NONE; number = next()) {
            await("there is room", () -> underWay() < MOST_UNDER_WAY);
            sender.send(to, id(number), patience);
            accepted.incrementAndGet();
        }
        return null;
    }

    private String id(int number) {
        return run + "-" + number;
    }

    private void read() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                List<Letter> some = to.inbox();
                some.stream().filter(one -> one.id().startsWith(run)).forEach(this::note);
                if (!some.isEmpty()) {
                    to.acknowledge(some);
                }
            } catch (IOException away) {
                pause();
            }
        }
    }

    private void note(Letter letter) {
        received.add(letter);
        came.add(letter.id());
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many are accepted and have not come. */
    int underWay() {
        // In this order: one that is accepted and comes in between does not count.
        int arrived = came.size();
        return accepted.get() - arrived;
    }

    /** Waits until all are handed over. */
    void awaitSent() throws Exception {
        for (Future<?> sender : senders) {
            sender.get();
        }
    }

    /** Waits until at least so many have come. */
    void awaitReceived(int least) throws InterruptedException {
        await(least + " have come", () -> came.size() >= least);
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(
                            "%s: %d accepted, %d came from %s to %s",
                            what, accepted.get(), came.size(), from.getFirst().name(), to.name())
                    .isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** One that was read again has the same number. */
    private List<Letter> distinct() {
        return received.stream().distinct().toList();
    }

    /** Each came once, and nothing else: what came twice would have two numbers. */
    void assertEachCameExactlyOnce(int all) throws Exception {
        awaitSent();
        awaitReceived(all);
        assertThat(distinct()).extracting(Letter::id).containsExactlyInAnyOrderElementsOf(ids(all));
    }

    /** The same, and in the order in which they were sent; only with one sender. */
    void assertEachCameInOrder(int all) throws Exception {
        awaitSent();
        awaitReceived(all);
        assertThat(distinct()).extracting(Letter::id).containsExactlyElementsOf(ids(all));
    }

    private List<String> ids(int all) {
        return IntStream.range(0, all).mapToObj(this::id).toList();
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
