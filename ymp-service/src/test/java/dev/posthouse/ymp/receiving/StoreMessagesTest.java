package dev.posthouse.ymp.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.ymp.TestSettings;
import dev.posthouse.ymp.YmpException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** YMP, section 6: what several replicas, quotas and crashes make of packets. */
@QuarkusTest
class StoreMessagesTest {

    private final TestSender sender = new TestSender();

    @Inject StoreMessages storeMessages;
    @Inject AcknowledgeMessages acknowledgeMessages;
    @Inject Intake intake;
    @Inject Outbox outbox;
    @Inject ReadInbox readInbox;
    @Inject DataSource dataSource;
    @Inject ObjectMapper json;
    @Inject Clock clock;

    private StoreMessages replica() {
        return with(Map.of());
    }

    private StoreMessages with(Map<String, String> settings) {
        return new StoreMessages(intake, outbox, TestSettings.with(settings), clock);
    }

    private static void refuses(Runnable step, String code) {
        assertThatThrownBy(step::run)
                .isInstanceOfSatisfying(
                        YmpException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void storesTheSamePacketOnceWhenTwoReplicasGetItAtOnce()
            throws InterruptedException, ExecutionException {
        List<StoreMessages> replicas = List.of(replica(), replica(), replica());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                String[] ids = {round + "-a", round + "-b"};
                List<Future<Integer>> stored = new ArrayList<>();
                for (StoreMessages replica : replicas) {
                    stored.add(
                            threads.submit(
                                    () -> replica.store(sender.name(), sender.messages(ids))));
                }
                int sum = 0;
                for (Future<Integer> future : stored) {
                    sum += future.get();
                }
                assertThat(sum).isEqualTo(2);
            }
        }
        assertThat(sender.load()).isEqualTo(sender.realLoad()).startsWith("40 ");
    }

    @Test
    void countsRightWhateverHappensAtOnce() throws InterruptedException, ExecutionException {
        List<StoreMessages> replicas = List.of(replica(), replica());
        List<TestSender> senders = List.of(sender, new TestSender());
        List<Future<?>> workers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 3; i++) {
                Random random = new Random(20261122 + i);
                workers.add(
                        threads.submit(() -> repeat(() -> storeSome(replicas, senders, random))));
                workers.add(threads.submit(() -> repeat(() -> acknowledgeSome(senders, random))));
            }
        }
        for (Future<?> worker : workers) {
            worker.get();
        }

        for (TestSender each : senders) {
            assertThat(each.load()).isEqualTo(each.realLoad());
        }
    }

    private static void repeat(Runnable step) {
        for (int round = 0; round < 40; round++) {
            step.run();
        }
    }

    private static void storeSome(
            List<StoreMessages> replicas, List<TestSender> senders, Random random) {
        TestSender from = senders.get(random.nextInt(2));
        String[] ids =
                IntStream.range(0, 5)
                        .map(i -> random.nextInt(100))
                        .distinct()
                        .mapToObj(Integer::toString)
                        .toArray(String[]::new);
        replicas.get(random.nextInt(2)).store(from.name(), from.messages(ids));
    }

    private void acknowledgeSome(List<TestSender> senders, Random random) {
        Set<Long> seqs =
                Set.copyOf(
                        senders.stream()
                                .flatMap(from ->
                                        inboxOf(from).stream()
                                                .map(Waiting::seq)
                                                .filter(seq -> random.nextBoolean()))
                                .toList());
        acknowledgeMessages.acknowledge(seqs);
    }

    private List<Waiting> inboxOf(TestSender from) {
        return readInbox.read(InboxQuery.parse("20", "0", from.protocol(), null), () -> false);
    }

    @Test
    void leavesNothingOfAPacketWhenTheLastStepFails() {
        Outbox failing =
                new Outbox(
                        dataSource,
                        json,
                        () -> {
                            throw new IllegalStateException("kill -9");
                        });
        StoreMessages crashing =
                new StoreMessages(intake, failing, TestSettings.with(Map.of()), clock);

        assertThatThrownBy(() -> crashing.store(sender.name(), sender.messages("1", "2")))
                .hasMessageContaining("kill -9");

        assertThat(sender.waiting()).isNull();
        assertThat(sender.load()).isEqualTo("no row");
        assertThat(storeMessages.store(sender.name(), sender.messages("1", "2"))).isEqualTo(2);
    }

    @Test
    void takesNoMoreMessagesThanOnePeerMayHold() {
        StoreMessages small = with(Map.of("ymp.inbox.messages", "3"));
        small.store(sender.name(), sender.messages("1", "2"));

        refuses(() -> small.store(sender.name(), sender.messages("3", "4")), "inbox.full");
        assertThat(sender.load()).isEqualTo(sender.realLoad()).startsWith("2 ");
        small.store(sender.name(), sender.messages("3"));
        refuses(() -> small.store(sender.name(), sender.messages("1", "4")), "inbox.full");
        assertThat(small.store(sender.name(), sender.messages("1", "2", "3"))).isZero();
        assertThat(small.store(new TestSender().name(), sender.messages("1"))).isEqualTo(1);

        acknowledgeMessages.acknowledge(Set.of(sender.seq("2")));
        small.store(sender.name(), sender.messages("4"));
        assertThat(sender.waiting()).isEqualTo("1 3 4");
    }

    @Test
    void takesNoMoreOctetsThanOnePeerMayHold() {
        int octets = sender.messages("1").iterator().next().octets();
        StoreMessages small = with(Map.of("ymp.inbox.octets", Integer.toString(2 * octets)));
        small.store(sender.name(), sender.messages("1", "2"));

        refuses(() -> small.store(sender.name(), sender.messages("3")), "inbox.full");
        assertThat(sender.load()).isEqualTo("2 " + 2 * octets);
    }
}
