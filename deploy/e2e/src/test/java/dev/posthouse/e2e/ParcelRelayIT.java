package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.client.gateway.Collection.Mode;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.parcel.ReceivedParcel;
import dev.posthouse.local.suite.Part;
import dev.posthouse.local.suite.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Parcels from a private gateway at one relay to one at another (PoHTTP, sections 9 to 11):
 * whatever happens to the relays, what was answered 202 is collected. {@code -Dkills} says how
 * often each is killed, {@code -Dseed} repeats the moments of an earlier run. Parcels are sent
 * until the last kill, so that each falls while some are under way.
 */
final class ParcelRelayIT {

    private static final int KILLS = Integer.getInteger("posthouse.kills", 1);
    private static final long SEED =
            Long.getLong("posthouse.seed", System.currentTimeMillis() % 1_000_000);
    private static final int PARCELS = 500;
    private static final int SENDERS = 8;
    private static final int FEW = 50;
    private static final int MOST_UNDER_WAY = 100;

    /** What was on its way, or acknowledged and not yet recorded, when a relay died. */
    private static final int REPEATS_A_KILL = 50;

    private static final String DEAD = "select count(*) from outbound where dead is not null";

    /** What a victim has claimed waits for its lease. */
    private static final Duration PATIENCE = Duration.ofMinutes(2).plusSeconds(25L * KILLS);

    private final Running suite = Running.suite();
    private final PrivateGateway west =
            PrivateGateway.at(suite.processes().service(Service.RELAY), suite, PATIENCE);
    private final PrivateGateway east =
            PrivateGateway.at(suite.processes().service(Running.NORTH), suite, PATIENCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** All that were handed over, or are being. */
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();

    /** How often each came. */
    private final Map<String, Integer> came = new ConcurrentHashMap<>();

    private volatile boolean killing;

    private final String run = UUID.randomUUID().toString();

    @AfterEach
    void close() {
        threads.shutdownNow();
        west.close();
        east.close();
    }

    @Test
    void nothingIsLostWhenEitherIsKilled() throws Exception {
        System.out.printf("kill -9 of two relays, %d times each, seed %d%n", KILLS, SEED);
        Random moments = new Random(SEED);
        Future<?> collecting = threads.submit(this::follow);
        killing = true;
        List<Future<?>> senders = send(PARCELS);
        awaitCame(FEW);
        for (int kill = 0; kill < KILLS; kill++) {
            boolean eastFirst = moments.nextBoolean();
            Thread.sleep(moments.nextLong(500));
            kill(eastFirst ? east : west);
            Thread.sleep(moments.nextLong(500));
            kill(eastFirst ? west : east);
        }
        killing = false;
        for (Future<?> sender : senders) {
            sender.get();
        }
        await("all came", () -> underWay() == 0);
        collecting.cancel(true);

        assertThat(came.keySet()).containsExactlyInAnyOrderElementsOf(begun);
        assertThat(repeats()).isLessThanOrEqualTo(REPEATS_A_KILL * KILLS);
        assertThat(collectedNow()).as("what comes after its acknowledgement").isEmpty();
        assertThat(suite.count(west.process(), DEAD)).isZero();
    }

    @Test
    void whatIsForARelayThatIsAwayWaitsForIt() throws Exception {
        Part away = east.process().part();
        away.stop();
        for (Future<?> sender : send(FEW)) {
            sender.get();
        }
        away.start();
        away.awaitReady(Running.PATIENCE);

        Future<?> collecting = threads.submit(this::follow);
        awaitCame(FEW);
        collecting.cancel(true);

        assertThat(came.keySet()).containsExactlyInAnyOrderElementsOf(begun).hasSize(FEW);
        assertThat(repeats()).isZero();
    }

    /** Had all been settled before, nothing would be shown. */
    private void kill(PrivateGateway victim) throws InterruptedException {
        await("many are under way", () -> underWay() > MOST_UNDER_WAY / 4);
        victim.process().part().kill();
        suite.crash(victim.process());
    }

    private int underWay() {
        // In this order: one that is accepted and comes in between does not count.
        int arrived = came.size();
        return accepted.size() - arrived;
    }

    private List<Future<?>> send(int least) {
        NodeIdentity sender = east.authorized();
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(
                    threads.submit(() -> {
                        for (int n = next.getAndIncrement();
                                n < least || killing;
                                n = next.getAndIncrement()) {
                            send(sender, run + "-" + n);
                        }
                        return null;
                    }));
        }
        return senders;
    }

    private void send(NodeIdentity sender, String id) throws InterruptedException {
        await("there is room", () -> begun.size() - came.size() < MOST_UNDER_WAY);
        byte[] parcel = east.parcel(sender, id);
        begun.add(id);
        west.deliver(parcel);
        accepted.add(id);
    }

    private void follow() {
        east.collect(Mode.FOLLOW, Integer.MAX_VALUE, this::note);
    }

    private List<String> collectedNow() {
        List<String> ids = new ArrayList<>();
        east.collect(
                Mode.UNTIL_EMPTY,
                Integer.MAX_VALUE,
                parcel -> ids.add(ReceivedParcel.read(parcel).content().id()));
        return ids;
    }

    private void note(byte[] parcel) {
        came.merge(ReceivedParcel.read(parcel).content().id(), 1, Integer::sum);
    }

    private void awaitCame(int count) throws InterruptedException {
        await("so many came", () -> came.size() >= count);
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("%s; %d of %d came", what, came.size(), begun.size())
                    .isLessThan(end);
            Thread.sleep(10);
        }
    }

    private int repeats() {
        return came.values().stream().mapToInt(times -> times - 1).sum();
    }
}
