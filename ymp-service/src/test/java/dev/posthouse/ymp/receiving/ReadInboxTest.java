package dev.posthouse.ymp.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.ymp.TestSettings;
import dev.posthouse.ymp.packet.TestMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** YMP, section 9: reading and acknowledging below the door. */
@QuarkusTest
class ReadInboxTest {

    private final TestSender sender = new TestSender();

    @Inject TakePacket takePacket;
    @Inject ReadInbox readInbox;
    @Inject AcknowledgeMessages acknowledgeMessages;
    @Inject Inbox inbox;
    @Inject Intake intake;
    @Inject Loads loads;
    @Inject Outbox outbox;
    @Inject Clock clock;

    private void take(byte[] body) {
        takePacket.take(sender.name(), body);
    }

    private InboxQuery query(int most, int seconds) {
        return InboxQuery.parse(
                Integer.toString(most), Integer.toString(seconds), sender.protocol(), null);
    }

    private List<Waiting> read(int most) {
        return readInbox.read(query(most, 0), () -> false);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void readsTheOldestFirstAndTakesNothingAway() {
        take(sender.packet(TestSender.ids(5)));

        assertThat(read(3))
                .extracting(Waiting::seq)
                .containsExactly(sender.seq("1"), sender.seq("2"), sender.seq("3"));
        assertThat(read(1000)).hasSize(5);
        assertThat(read(1000).getFirst().message()).isEqualTo(sender.message("1").json());
        assertThat(read(1).getFirst().received())
                .isBetween(clock.instant().minusSeconds(60), clock.instant());
    }

    @Test
    void readsOfAProtocolAndAServiceOnly() {
        take(
                TestMessage.packet(
                        sender.message("1").text("service", "one").json(),
                        sender.message("2").text("service", "two").json()));

        assertThat(
                        readInbox.read(
                                InboxQuery.parse("9", "0", sender.protocol(), "two"), () -> false))
                .extracting(Waiting::seq)
                .containsExactly(sender.seq("2"));
        assertThat(readInbox.read(InboxQuery.parse("1000", "0", null, "two"), () -> false))
                .extracting(Waiting::seq)
                .contains(sender.seq("2"))
                .doesNotContain(sender.seq("1"));
        assertThat(readInbox.read(InboxQuery.parse("9", "0", sender.protocol(), "no"), () -> false))
                .isEmpty();
    }

    @Test
    void readsNoMoreOctetsThanAnAnswerMayHold() {
        for (int i = 0; i < 7; i++) {
            String payload = "{\"a\":\"" + "x".repeat(900_000) + "\"}";
            take(TestMessage.packet(sender.message("m" + i).with("payload", payload).json()));
        }

        List<Waiting> read = read(1000);

        assertThat(read).hasSize(5);
        assertThat(read.getFirst().seq()).isEqualTo(sender.seq("m0"));
    }

    @Test
    void doesNotReadWhatWasAcknowledged() {
        take(sender.packet("1", "2", "3"));

        acknowledgeMessages.acknowledge(Set.of(sender.seq("2"), -1L, Long.MAX_VALUE));
        acknowledgeMessages.acknowledge(Set.of(sender.seq("2")));
        acknowledgeMessages.acknowledge(Set.of());

        assertThat(sender.waiting()).isEqualTo("1 3");
        assertThat(read(10)).hasSize(2);
        assertThat(sender.load()).isEqualTo(sender.realLoad()).startsWith("2 ");
    }

    @Test
    void waitsForTheFirstMessage() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Waiting>> reading =
                    threads.submit(() -> readInbox.read(query(10, 20), () -> false));
            TimeUnit.MILLISECONDS.sleep(300);
            assertThat(reading.isDone()).isFalse();
            long begun = System.nanoTime();

            take(sender.packet("1"));

            assertThat(reading.get()).hasSize(1);
            assertThat(since(begun)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void noticesWhatAnotherReplicaTook() throws InterruptedException, ExecutionException {
        StoreMessages replica =
                new StoreMessages(intake, outbox, TestSettings.with(Map.of()), clock);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Waiting>> reading =
                    threads.submit(() -> readInbox.read(query(10, 25), () -> false));
            TimeUnit.MILLISECONDS.sleep(300);
            long begun = System.nanoTime();

            replica.store(sender.name(), sender.messages("1"));

            assertThat(reading.get()).hasSize(1);
            assertThat(since(begun)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void returnsEmptyHandedWhenNothingComes() {
        long begun = System.nanoTime();

        assertThat(readInbox.read(query(10, 1), () -> false)).isEmpty();

        assertThat(since(begun)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    @Test
    void doesNotWaitForSomebodyWhoHasGone() {
        AtomicBoolean gone = new AtomicBoolean(true);
        long begun = System.nanoTime();

        assertThat(readInbox.read(query(10, 30), gone::get)).isEmpty();

        assertThat(since(begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void endsAllWaitingWhenTheServiceStops() throws InterruptedException, ExecutionException {
        Arrivals arrivals = new Arrivals(loads, new SimpleMeterRegistry());
        ReadInbox stopping = new ReadInbox(inbox, arrivals);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Waiting>> reading =
                    threads.submit(() -> stopping.read(query(10, 30), () -> false));
            TimeUnit.MILLISECONDS.sleep(300);
            long begun = System.nanoTime();

            arrivals.end(null);

            assertThat(reading.get()).isEmpty();
            assertThat(since(begun)).isLessThan(Duration.ofSeconds(10));
        } finally {
            arrivals.stop();
        }
    }

    /** The pool of the service under test has eight connections. */
    @Test
    void holdsNoConnectionForThoseWhoWait() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Waiting>>> readers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                readers.add(threads.submit(() -> readInbox.read(query(10, 25), () -> false)));
            }
            TimeUnit.SECONDS.sleep(1);

            take(sender.packet("1"));

            for (Future<List<Waiting>> reader : readers) {
                assertThat(reader.get()).hasSize(1);
            }
        }
    }
}
