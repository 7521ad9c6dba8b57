package dev.posthouse.relay.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.MovedClock;
import dev.posthouse.relay.RelayEvents;
import dev.posthouse.relay.parcel.Intake.Outcome;
import dev.posthouse.testing.FailingCommits;
import dev.posthouse.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** PoHTTP, section 10: what is stored, what replaces what, and what is a repeat. */
@QuarkusTest
class StoreParcelTest {

    private static final int AT_ONCE = 20;

    @Inject StoreParcel storeParcel;
    @Inject WaitingParcels waiting;
    @Inject ExpireParcels expireParcels;
    @Inject MeterRegistry metrics;
    @Inject MovedClock clock;

    private final NodeId gateway = TestArrival.node();
    private final TestArrival parcel = TestArrival.at(gateway);

    private Outcome store(TestArrival given) {
        return storeParcel.store(given.arrival());
    }

    private List<Waiting> waiting() {
        return waiting.besides(gateway, Set.of(), 1_000);
    }

    private List<String> texts() {
        return waiting().stream().map(StoreParcelTest::text).toList();
    }

    private static String text(Waiting one) {
        return new String(one.octets(), StandardCharsets.UTF_8);
    }

    private UUID delivery() {
        return waiting().getFirst().delivery();
    }

    @Test
    void storesWhatIsNotThere() {
        assertThat(store(parcel)).isEqualTo(Outcome.STORED);

        assertThat(waiting())
                .singleElement()
                .satisfies(one -> {
                    assertThat(text(one)).isEqualTo("octets");
                    assertThat(one.size()).isEqualTo(6);
                });
        assertThat(RelayEvents.of("relay.parcel-accepted", gateway.text()))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.path("id").asText()).isEqualTo(parcel.names().hash());
                    assertThat(event.path("octets").asInt()).isEqualTo(6);
                });
    }

    @Test
    void storesARepeatOnce() {
        store(parcel);
        UUID delivery = delivery();

        assertThat(store(parcel)).isEqualTo(Outcome.REPEATED);

        assertThat(waiting()).extracting(Waiting::delivery).containsExactly(delivery);
        assertThat(RelayEvents.of("relay.parcel-accepted", gateway.text())).hasSize(1);
    }

    @Test
    void replacesAnOlderOrEquallyOldVersion() {
        store(parcel);
        Waiting old = waiting().getFirst();

        assertThat(store(parcel.text("newer").created(MovedClock.AT.plusSeconds(1))))
                .isEqualTo(Outcome.REPLACED);
        Waiting newer = waiting().getFirst();
        assertThat(store(parcel.text("newest").created(MovedClock.AT.plusSeconds(1))))
                .isEqualTo(Outcome.REPLACED);

        assertThat(texts()).containsExactly("newest");
        assertThat(newer.delivery()).isNotEqualTo(old.delivery());
        assertThat(newer.seq()).isGreaterThan(old.seq());
        assertThat(RelayEvents.of("relay.parcel-accepted", gateway.text())).hasSize(3);
    }

    @Test
    void keepsANewerVersion() {
        store(parcel);

        assertThat(store(parcel.text("older").created(MovedClock.AT.minusSeconds(1))))
                .isEqualTo(Outcome.REPEATED);

        assertThat(texts()).containsExactly("octets");
    }

    @Test
    void neverDeliversAgainWhatWasCollected() {
        store(parcel);
        assertThat(waiting.collected(gateway, Set.of(delivery()))).isEqualTo(1);

        assertThat(store(parcel)).isEqualTo(Outcome.REPEATED);
        assertThat(store(parcel.text("newer").created(MovedClock.AT.plusSeconds(9))))
                .isEqualTo(Outcome.REPEATED);

        assertThat(waiting()).isEmpty();
        assertThat(TestDatabase.ask("select octets from parcel where gateway = ?", gateway.text()))
                .isNull();
        assertThat(RelayEvents.of("relay.parcel-collected", gateway.text()))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("id").asText()).isEqualTo(parcel.names().hash()));
    }

    /** It counts in no quota any more. */
    @Test
    void keepsLittleOfWhatWasCollected() {
        store(parcel);
        TestDatabase.change(
                "update parcel set sent_by = repeat('x', 1024) where gateway = ?", gateway.text());

        waiting.collected(gateway, Set.of(delivery()));

        assertThat(
                        Integer.parseInt(
                                TestDatabase.ask(
                                        "select pg_column_size(p.*) from parcel p where gateway = ?",
                                        gateway.text())))
                .isLessThan(500);
    }

    @Test
    void leavesANewVersionToWhoAcknowledgesTheOldOne() {
        store(parcel);
        UUID old = delivery();
        store(parcel.text("newer"));

        assertThat(waiting.collected(gateway, Set.of(old))).isZero();

        assertThat(texts()).containsExactly("newer");
        assertThat(RelayEvents.of("relay.parcel-collected", gateway.text())).isEmpty();
    }

    @Test
    void leavesTheParcelsOfOthersToThem() {
        store(parcel);

        assertThat(waiting.collected(TestArrival.node(), Set.of(delivery()))).isZero();

        assertThat(texts()).containsExactly("octets");
    }

    @Test
    void knowsEachParcelByAllItsNames() {
        List<TestArrival> different =
                List.of(
                        parcel,
                        parcel.sender(TestArrival.node()).text("another sender's"),
                        parcel.recipient(TestArrival.node()).text("for another"),
                        parcel.messageId("other id").text("another id"),
                        parcel.messageId("AN ID").text("capitals"));

        different.forEach(one -> assertThat(store(one)).isEqualTo(Outcome.STORED));

        assertThat(texts())
                .containsExactly(
                        "octets", "another sender's", "for another", "another id", "capitals");
    }

    @Test
    void storesOneOfManyEqualThatComeAtOnce() throws Exception {
        List<Outcome> outcomes = atOnce(Collections.nCopies(AT_ONCE, parcel).stream());

        assertThat(outcomes).filteredOn(Outcome.STORED::equals).hasSize(1);
        assertThat(outcomes).filteredOn(Outcome.REPEATED::equals).hasSize(AT_ONCE - 1);
        assertThat(waiting()).hasSize(1);
        assertThat(RelayEvents.of("relay.parcel-accepted", gateway.text())).hasSize(1);
    }

    @Test
    void keepsTheNewestOfManyVersionsThatComeAtOnce() throws Exception {
        List<TestArrival> versions =
                new ArrayList<>(
                        IntStream.range(0, AT_ONCE)
                                .mapToObj(n ->
                                        parcel.text("version " + n)
                                                .created(MovedClock.AT.plusSeconds(n)))
                                .toList());
        Collections.shuffle(versions, new Random(7));

        atOnce(versions.stream());

        assertThat(texts()).containsExactly("version " + (AT_ONCE - 1));
    }

    private List<Outcome> atOnce(Stream<TestArrival> parcels) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> all =
                    parcels.map(one -> threads.submit(() -> store(one))).toList();
            for (Future<Outcome> one : all) {
                outcomes.add(one.get());
            }
        }
        return outcomes;
    }

    @Test
    void handsOutTheOldestFirstAndWhatIsNotKnown() {
        for (int n = 0; n < 5; n++) {
            store(parcel.messageId("id " + n).text("parcel " + n));
        }
        List<Waiting> first = waiting.besides(gateway, Set.of(), 2);

        assertThat(first.stream().map(StoreParcelTest::text))
                .containsExactly("parcel 0", "parcel 1");
        Set<UUID> known = Set.of(first.getFirst().delivery());
        assertThat(waiting.besides(gateway, known, 2).stream().map(StoreParcelTest::text))
                .containsExactly("parcel 1", "parcel 2");
    }

    @Test
    void handsOutNoMoreThanALittleAtOnce() {
        String half = "x".repeat(WaitingParcels.MOST_OCTETS / 2 - 1);
        for (int n = 0; n < 6; n++) {
            store(parcel.messageId("id " + n).text(half + n));
        }

        assertThat(waiting.besides(gateway, Set.of(), 100)).hasSize(2);
    }

    @Test
    void handsOutALongParcelInPieces() {
        String whole = "0123456789abcdef".repeat(10_000) + "end";
        store(parcel.text(whole));

        Waiting first = waiting.besides(gateway, Set.of(), 100).getFirst();
        StringBuilder read = new StringBuilder(text(first));
        while (read.length() < first.size()) {
            byte[] piece = waiting.pieceAfter(read.length(), first.delivery()).orElseThrow();
            assertThat(piece.length).isBetween(1, WaitingParcels.PIECE);
            read.append(new String(piece, StandardCharsets.UTF_8));
        }

        assertThat(first.octets()).hasSize(WaitingParcels.PIECE);
        assertThat(first.size()).isEqualTo(whole.length());
        assertThat(read).hasToString(whole);
    }

    @Test
    void hasNoPieceOfWhatWaitsNoMore() {
        store(parcel);
        UUID delivery = delivery();
        waiting.collected(gateway, Set.of(delivery));

        assertThat(waiting.pieceAfter(0, delivery)).isEmpty();
        assertThat(waiting.pieceAfter(0, UUID.randomUUID())).isEmpty();
    }

    @Test
    void knowsForWhomMoreWaits() {
        store(parcel);
        store(parcel.messageId("another"));
        NodeId nobody = TestArrival.node();

        assertThat(waiting.withMore(Map.of(gateway, 1, nobody, 0))).containsExactly(gateway);
        assertThat(waiting.withMore(Map.of(gateway, 2))).isEmpty();
        waiting.collected(gateway, Set.of(delivery()));
        assertThat(waiting.withMore(Map.of(gateway, 1))).isEmpty();
        assertThat(waiting.withMore(Map.of(gateway, 0))).containsExactly(gateway);
    }

    @Test
    void handsOutNothingThatHasExpiredAndForgetsItThen() {
        store(parcel.lives(Duration.ofHours(1)));
        TestArrival collected = parcel.messageId("collected").lives(Duration.ofHours(1));
        store(collected);
        waiting.collected(gateway, Set.of(waiting().getLast().delivery()));
        store(parcel.messageId("lives on").text("lives on").lives(Duration.ofHours(5)));

        clock.during(
                Duration.ofHours(2),
                () -> {
                    assertThat(texts()).containsExactly("lives on");

                    expireParcels.expire();

                    assertThat(
                                    TestDatabase.ask(
                                            "select count(*) from parcel where gateway = ?",
                                            gateway.text()))
                            .isEqualTo("1");
                    assertThat(RelayEvents.of("relay.parcel-expired", gateway.text()))
                            .singleElement()
                            .satisfies(event ->
                                    assertThat(event.path("id").asText())
                                            .isEqualTo(parcel.names().hash()));
                });
    }

    @Test
    void countsWhatHasExpiredOnceThatIsCommitted() {
        store(parcel);
        double before = expiredSoFar();
        try (var _ = FailingCommits.of("delete on parcel")) {
            TestDatabase.change(
                    "update parcel set expires = timestamptz '2026-11-20' where gateway = ?",
                    gateway.text());

            expireParcels.expire();

            assertThat(expiredSoFar()).isEqualTo(before);
        }
        expireParcels.expire();

        assertThat(expiredSoFar()).isEqualTo(before + 1);
    }

    private double expiredSoFar() {
        return metrics.counter("posthouse.relay.parcels.expired").count();
    }

    @Test
    void takesTheNamesOfAnExpiredParcelForANewOne() {
        store(parcel.lives(Duration.ofHours(1)));
        waiting.collected(gateway, Set.of(delivery()));

        clock.during(
                Duration.ofHours(2),
                () -> {
                    assertThat(store(parcel.text("new").lives(Duration.ofHours(9))))
                            .isNotEqualTo(Outcome.REPEATED);
                    assertThat(texts()).containsExactly("new");
                });
    }
}
